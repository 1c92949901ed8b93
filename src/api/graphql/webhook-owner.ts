/** Whose webhooks a viewer may look at and change: an admin the organization's, a vendor its own, an operator looks at all. */
import { permit, type RootField } from "../../auth/permissions"
import { isId } from "../../domain/ids"
import type { Endpoint } from "../../webhooks/delivery-state"
import type { GraphQLContext } from "./context"

export type Owner =
  | { readonly of: "ORGANIZATION"; readonly id: string }
  | { readonly of: "VENDOR"; readonly id: string }
  | { readonly of: "INSTALLATION" }

/** @throws GraphQLError FORBIDDEN */
export function webhookOwner({ viewer }: GraphQLContext, field: RootField): Owner {
  const role = permit(viewer, field)
  if (role === "OPERATOR") return { of: "INSTALLATION" }
  // A role counts only together with what it is a role in.
  return role === "VENDOR" ? { of: "VENDOR", id: viewer.vendorId ?? "" } : { of: "ORGANIZATION", id: viewer.organizationId ?? "" }
}

/** Whose stream an endpoint is in, whoever looks at it. */
export function ownerOf({ ownerId: id }: Endpoint): Owner {
  return isId("vnd", id) ? { of: "VENDOR", id } : { of: "ORGANIZATION", id }
}

/** Undefined for what does not exist and for what belongs to somebody else alike. */
export async function ownEndpoint(context: GraphQLContext, owner: Owner, webhookId: string): Promise<Endpoint | undefined> {
  const endpoint = await context.webhooks.endpoint(webhookId)
  return endpoint && (owner.of === "INSTALLATION" || endpoint.ownerId === owner.id) ? endpoint : undefined
}
