/** All mutations, for the schema. */
import { AssignLicenses } from "./assign-licenses"
import { EraseUser } from "./erase-user"
import { Groups } from "./groups"
import { InstallVisit } from "./install-visit"
import { Installation } from "./installation"
import { Products } from "./products"
import { SignAccessReview } from "./sign-access-review"
import { TransferSeat } from "./transfer-seat"
import { UnassignLicenses } from "./unassign-licenses"
import { Users } from "./users"
import { VendorChanges } from "./vendor-changes"
import { VendorSecrets } from "./vendor-secrets"
import { WebhookMutations } from "./webhooks"

export const mutations = [
  AssignLicenses,
  UnassignLicenses,
  TransferSeat,
  InstallVisit,
  Users,
  EraseUser,
  SignAccessReview,
  Groups,
  Products,
  VendorChanges,
  VendorSecrets,
  Installation,
  WebhookMutations,
] as const
