/** Every list of the API as a Relay connection. */
import { AccessDrift, AccessReview } from "./access-review"
import { Assignment } from "./assignment"
import { Checkpoint } from "./checkpoint"
import { LicenseComparison, SeatChange } from "./comparison"
import { connectionOf } from "./connection"
import { Group } from "./group"
import { HistoryEntry } from "./history"
import { License } from "./license"
import { LicensedUser } from "./licensed-user"
import { Principal } from "./principal"
import { User } from "./user"
import { VendorEvent } from "./vendor-event"
import { DeadLetter, Webhook, WebhookDelivery } from "./webhook"

export const LicenseConnection = connectionOf<License>("License", () => License, "licenses")
export const LicensedUserConnection = connectionOf<LicensedUser>("LicensedUser", () => LicensedUser, "people who hold or await a seat")
export const AssignmentConnection = connectionOf<Assignment>("Assignment", () => Assignment, "assignments")
export const UserConnection = connectionOf<User>("User", () => User, "people")
export const GroupConnection = connectionOf<Group>("Group", () => Group, "groups")
export const PrincipalConnection = connectionOf<Principal>("Principal", () => Principal, "people and groups")
export const HistoryConnection = connectionOf<HistoryEntry>("History", () => HistoryEntry, "events")
export const CheckpointConnection = connectionOf<Checkpoint>("Checkpoint", () => Checkpoint, "checkpoints")
export const WebhookConnection = connectionOf<Webhook>("Webhook", () => Webhook, "webhooks")
export const WebhookDeliveryConnection = connectionOf<WebhookDelivery>("WebhookDelivery", () => WebhookDelivery, "attempts to deliver")
export const DeadLetterConnection = connectionOf<DeadLetter>("DeadLetter", () => DeadLetter, "dead letters")
export const AccessReviewConnection = connectionOf<AccessReview>("AccessReview", () => AccessReview, "access reviews")
export const AccessDriftConnection = connectionOf<AccessDrift>("AccessDrift", () => AccessDrift, "people whose access has changed since")
export const VendorEventConnection = connectionOf<VendorEvent>("VendorEvent", () => VendorEvent, "messages of vendors")
export const SeatChangeConnection = connectionOf<SeatChange>("SeatChange", () => SeatChange, "changes of seats")
export const LicenseComparisonConnection = connectionOf<LicenseComparison>(
  "LicenseComparison",
  () => LicenseComparison,
  "licenses compared",
)
