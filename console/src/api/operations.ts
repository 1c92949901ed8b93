// Made by `npm run console:types` from the .graphql files beside the pages. Do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Who acts (rule 36). */
export type ActorType =
  /** The service that provisions people and groups. */
  | 'IDENTITY_PROVIDER'
  /** Seatledger itself: promotions, deadlines. */
  | 'SYSTEM'
  /** A person, through the console or the API. */
  | 'USER'
  /** The vendor of the app. */
  | 'VENDOR';

/** A moment of the organization's history: exactly one of the two. */
export type AsOf =
  {   /** Right after the last revision recorded at or before this instant. */
  at: string; revision?: never; }
  |  { at?: never;   /** Right after this revision; 0 is before everything. */
  revision: number; };

/** Gives a license to users and groups: all of them or, when refused, none. */
export type AssignLicensesInput = {
  /** The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there. */
  expectedRevision?: number | null | undefined;
  /** Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing. */
  idempotencyKey?: string | null | undefined;
  /** The license to give. */
  licenseId: string | number;
  /** What to do when seats are short. */
  onShortage?: OnShortage | null | undefined;
  /** 1 to 100 users and groups. Users are seated first, then groups, each in this order; duplicates count once. */
  principalIds: Array<string | number>;
  /** Kept in the audit trail, encrypted. */
  reason?: string | null | undefined;
};

/** What became of one user or group of the command. */
export type AssignOutcome =
  /** Was assigned before: nothing changed. */
  | 'ALREADY_ASSIGNED'
  /** Assigned; a user then holds a seat, of a group as many members as found one. */
  | 'ASSIGNED'
  /** The user is assigned and waits for a seat. */
  | 'WAITLISTED';

/** How far an assignment is carried out (rule 4). */
export type AssignmentStatus =
  /** Everybody whom it entitles holds a seat. */
  | 'ALL_SEATED'
  /** A large group is still being seated (rule 39). */
  | 'IN_PROGRESS'
  /** Some of the people it entitles wait for a seat: see `waiting`. */
  | 'SEATS_SHORT';

/** Who joins and who leaves a group: one change, removals first. An id in both lists stays as it is. */
export type ChangeGroupMembersInput = {
  /** Who joins, in the order in which they find seats. Unknown ids are left out with a warning. */
  add?: Array<string | number> | null | undefined;
  /** The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there. */
  expectedRevision?: number | null | undefined;
  /** The group. */
  groupId: string | number;
  /** Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing. */
  idempotencyKey?: string | null | undefined;
  /** Who leaves. */
  remove?: Array<string | number> | null | undefined;
};

/** A new group. */
export type CreateGroupInput = {
  /** The name that people read; need not be unique. */
  displayName: string;
  /** The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there. */
  expectedRevision?: number | null | undefined;
  /** The identity provider's own id of this group; unique in the organization. */
  externalId?: string | null | undefined;
  /** Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing. */
  idempotencyKey?: string | null | undefined;
  /** Its first members, in the order in which they find seats. Unknown ids are left out with a warning. */
  memberIds?: Array<string | number> | null | undefined;
};

/** A new user. */
export type CreateUserInput = {
  /** Only active users take seats. */
  active?: boolean | null | undefined;
  /** The name that people read. */
  displayName: string;
  /** The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there. */
  expectedRevision?: number | null | undefined;
  /** The identity provider's own id of this user; unique in the organization. */
  externalId?: string | null | undefined;
  /** Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing. */
  idempotencyKey?: string | null | undefined;
  /** The mail address. */
  mail?: string | null | undefined;
  /** The sign-in name; unique in the organization, without regard to case. */
  userName: string;
};

/** The group to delete. */
export type DeleteGroupInput = {
  /** Delete it although licenses are assigned to it. An identity provider need not confirm. */
  confirm?: boolean | null | undefined;
  /** The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there. */
  expectedRevision?: number | null | undefined;
  /** The group. */
  groupId: string | number;
  /** Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing. */
  idempotencyKey?: string | null | undefined;
};

/** The user to delete. */
export type DeleteUserInput = {
  /** The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there. */
  expectedRevision?: number | null | undefined;
  /** Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing. */
  idempotencyKey?: string | null | undefined;
  /** The user. */
  userId: string | number;
};

/** Narrows the history down; every condition given must hold. */
export type HistoryFilter = {
  /** What this actor did: an id as in `Actor.id`. */
  actor?: string | null | undefined;
  /** Recorded at this instant or later. */
  from?: string | null | undefined;
  /** What touched this group. */
  groupId?: string | number | null | undefined;
  /** What happened to this license. */
  licenseId?: string | number | null | undefined;
  /** Recorded before this instant. */
  to?: string | null | undefined;
  /** Events of these types, such as `SeatsGranted`. */
  types?: Array<string> | null | undefined;
  /** What touched this person. */
  userId?: string | number | null | undefined;
};

/** The state of a subscription, as the vendor says. */
export type LicenseStatus =
  /** Paid and usable. */
  | 'ACTIVE'
  /** Ended for good: seats are released, the history stays (rule 24). */
  | 'CANCELLED'
  /** Nobody is granted a seat and nobody may use the app; seats are kept (rule 23). */
  | 'SUSPENDED'
  /** Expired, in its grace period: usable and assignable (rule 22). */
  | 'WARNING';

/** The order of the people of a license. */
export type LicensedUserOrder = {
  /** The other way round. */
  descending?: boolean | null | undefined;
  /** What they are ordered by. */
  field: LicensedUserOrderField;
};

/** What the people of a license are ordered by. */
export type LicensedUserOrderField =
  /** The name, without regard to case and accents. */
  | 'DISPLAY_NAME'
  /** When the person became entitled, which is also the order of the waitlist. */
  | 'ENTITLED_SINCE'
  /** Who holds a seat first, in a stable order, then the waitlist by place. */
  | 'STATE_THEN_PLACE';

/** What happens to a direct assignment when seats are short (rule 3). */
export type OnShortage =
  /** The whole command is refused and writes nothing. */
  | 'REJECT'
  /** The assignment is recorded, and whoever finds no seat waits. */
  | 'WAITLIST';

/** What a license can be assigned to. */
export type PrincipalType =
  /** A group: every immediate member who is active. */
  | 'GROUP'
  /** One person. */
  | 'USER';

/** The license whose product is about to be installed. */
export type RecordInstallVisitInput = {
  /** The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there. */
  expectedRevision?: number | null | undefined;
  /** Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing. */
  idempotencyKey?: string | null | undefined;
  /** The license. */
  licenseId: string | number;
};

/** Why a command was not carried out. Treat a code you do not know as a plain refusal and show its message. */
export type RefusalCode =
  /** Another user or group has this user name or external id. */
  | 'ALREADY_EXISTS'
  /** The user holds a seat already. */
  | 'ALREADY_SEATED'
  /** The group has licenses; deleting it takes a confirmation. */
  | 'GROUP_HAS_ASSIGNMENTS'
  /** The key belongs to a command with another body. */
  | 'IDEMPOTENCY_CONFLICT'
  /** The user has the license only through groups. */
  | 'INHERITED_FROM_GROUP'
  /** A field of the input breaks a rule. */
  | 'INVALID_INPUT'
  /** The license ended for good. */
  | 'LICENSE_CANCELLED'
  /** The organization has no license with this id. */
  | 'LICENSE_NOT_FOUND'
  /** The vendor suspended the license: nobody is granted a seat until it is reinstated. */
  | 'LICENSE_SUSPENDED'
  /** Fewer seats are free than the command needs. */
  | 'NOT_ENOUGH_SEATS'
  /** Nothing with this id can be found. */
  | 'NOT_FOUND'
  /** The user holds no seat that could be transferred. */
  | 'NOT_SEATED'
  /** The organization is closed: it can be read, but takes no more commands. */
  | 'ORGANIZATION_CLOSED'
  /** An id is no user or group of the organization. */
  | 'PRINCIPAL_NOT_FOUND'
  /** What the command is about has changed since the expected revision. */
  | 'STALE_VIEW'
  /** The command names none, or more users and groups than one command may. */
  | 'TOO_MANY_PRINCIPALS'
  /** An inactive user cannot be assigned a license. */
  | 'USER_INACTIVE';

/** A new name for a group. */
export type RenameGroupInput = {
  /** The new name that people read. */
  displayName: string;
  /** The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there. */
  expectedRevision?: number | null | undefined;
  /** The group. */
  groupId: string | number;
  /** Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing. */
  idempotencyKey?: string | null | undefined;
};

/** What a token allows (rule 38). */
export type Role =
  /** Reads everything, including the history, and changes nothing. */
  | 'AUDITOR'
  /** Sees everything about licenses, and assigns none. */
  | 'BILLING_ADMIN'
  /** May do everything in the organization. */
  | 'GLOBAL_ADMIN'
  /** Assigns, unassigns and transfers licenses. */
  | 'LICENSE_ADMIN'
  /** Sees the own account and the own licenses. */
  | 'MEMBER'
  /** Runs the installation: creates and closes organizations and vendors, sees no people and no licenses. */
  | 'OPERATOR'
  /** Assigns and unassigns licenses, and keeps people and groups. */
  | 'USER_ADMIN'
  /** Lists products, registers licenses of them, changes their seats and status, and asks for rights. */
  | 'VENDOR';

/** Whether an entitled person holds a seat. */
export type SeatState =
  /** Holds a seat. */
  | 'SEATED'
  /** Waits for a seat, first come, first served (rule 7). */
  | 'WAITLISTED';

/** Whether a user is active. */
export type SetUserActiveInput = {
  /** False gives the user's seats back; true is a new claim, at the end of every waitlist. */
  active: boolean;
  /** The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there. */
  expectedRevision?: number | null | undefined;
  /** Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing. */
  idempotencyKey?: string | null | undefined;
  /** The user. */
  userId: string | number;
};

/** Why a person is entitled to a license. */
export type SourceType =
  /** The license is assigned to the person. */
  | 'DIRECT'
  /** The license is assigned to a group of which the person is an immediate member. */
  | 'GROUP';

/** Takes a license from users and groups: from all of them or, when refused, from none. */
export type UnassignLicensesInput = {
  /** The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there. */
  expectedRevision?: number | null | undefined;
  /** Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing. */
  idempotencyKey?: string | null | undefined;
  /** The license to take. */
  licenseId: string | number;
  /** 1 to 100 users and groups; duplicates count once. */
  principalIds: Array<string | number>;
  /** Kept in the audit trail, encrypted. */
  reason?: string | null | undefined;
};

/** What became of one user or group of the command. */
export type UnassignOutcome =
  /** Was not assigned: nothing changed. */
  | 'NOT_ASSIGNED'
  /** No longer assigned; a user may still have the license through groups (stillLicensedVia). */
  | 'UNASSIGNED';

/** Changes of a user's profile; what is left out stays as it is. */
export type UpdateUserInput = {
  /** The new name that people read. */
  displayName?: string | null | undefined;
  /** The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there. */
  expectedRevision?: number | null | undefined;
  /** Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing. */
  idempotencyKey?: string | null | undefined;
  /** The new mail address; null removes it. */
  mail?: string | null | undefined;
  /** The user. */
  userId: string | number;
  /** The new sign-in name; unique in the organization, without regard to case. */
  userName?: string | null | undefined;
};

export type ChangesSubscriptionVariables = Exact<{
  afterRevision?: number | null | undefined;
}>;


export type ChangesSubscription = { historyAppended: { revision: number, type: string, recordedAt: string, summary: string, data: Record<string, unknown>, actor: { type: ActorType, id: string, displayName: string | null }, license: { id: string } | null } };

export type GroupsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  asOf?: AsOf | null | undefined;
}>;


export type GroupsQuery = { groups: { totalCount: number, nodes: Array<{ id: string, displayName: string, memberCount: number, assignments: { totalCount: number, nodes: Array<{ status: AssignmentStatus, waiting: number, license: { id: string, product: { name: string } } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type GroupQueryVariables = Exact<{
  groupId: string | number;
  asOf?: AsOf | null | undefined;
}>;


export type GroupQuery = { viewer: { organization: { revision: number } | null }, group: { id: string, displayName: string, memberCount: number, assignments: { totalCount: number, nodes: Array<{ assignedAt: string, assignedBy: string, reason: string | null, status: AssignmentStatus, waiting: number, license: { id: string, status: LicenseStatus, product: { name: string } } }> } } | null };

export type GroupMembersQueryVariables = Exact<{
  groupId: string | number;
  first: number;
  after?: string | null | undefined;
  asOf?: AsOf | null | undefined;
}>;


export type GroupMembersQuery = { group: { members: { totalCount: number, nodes: Array<{ id: string, displayName: string, userName: string, mail: string | null, active: boolean }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type UsersByUserNameQueryVariables = Exact<{
  userNames: Array<string> | string;
}>;


export type UsersByUserNameQuery = { usersByIdentity: Array<{ id: string, displayName: string, userName: string, mail: string | null, active: boolean }> };

export type CreateGroupMutationVariables = Exact<{
  input: CreateGroupInput;
}>;


export type CreateGroupMutation = { createGroup: { revision: number | null, visible: boolean, warnings: Array<string>, group: { id: string, displayName: string } | null, refusal:
      | { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string }
      | { __typename: 'AlreadySeated', code: RefusalCode, message: string }
      | { __typename: 'GroupHasAssignments', code: RefusalCode, message: string }
      | { __typename: 'IdempotencyConflict', code: RefusalCode, message: string }
      | { __typename: 'InheritedFromGroup', code: RefusalCode, message: string }
      | { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string }
      | { __typename: 'LicenseCancelled', code: RefusalCode, message: string }
      | { __typename: 'LicenseNotFound', code: RefusalCode, message: string }
      | { __typename: 'LicenseSuspended', code: RefusalCode, message: string }
      | { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string }
      | { __typename: 'NotFound', code: RefusalCode, message: string }
      | { __typename: 'NotSeated', code: RefusalCode, message: string }
      | { __typename: 'PlainRefusal', code: RefusalCode, message: string }
      | { __typename: 'PrincipalNotFound', code: RefusalCode, message: string }
      | { __typename: 'StaleView', code: RefusalCode, message: string }
      | { __typename: 'TooManyPrincipals', code: RefusalCode, message: string }
      | { __typename: 'UserInactive', code: RefusalCode, message: string }
     | null } };

export type RenameGroupMutationVariables = Exact<{
  input: RenameGroupInput;
}>;


export type RenameGroupMutation = { renameGroup: { revision: number | null, visible: boolean, refusal:
      | { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string }
      | { __typename: 'AlreadySeated', code: RefusalCode, message: string }
      | { __typename: 'GroupHasAssignments', code: RefusalCode, message: string }
      | { __typename: 'IdempotencyConflict', code: RefusalCode, message: string }
      | { __typename: 'InheritedFromGroup', code: RefusalCode, message: string }
      | { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string }
      | { __typename: 'LicenseCancelled', code: RefusalCode, message: string }
      | { __typename: 'LicenseNotFound', code: RefusalCode, message: string }
      | { __typename: 'LicenseSuspended', code: RefusalCode, message: string }
      | { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string }
      | { __typename: 'NotFound', code: RefusalCode, message: string }
      | { __typename: 'NotSeated', code: RefusalCode, message: string }
      | { __typename: 'PlainRefusal', code: RefusalCode, message: string }
      | { __typename: 'PrincipalNotFound', code: RefusalCode, message: string }
      | { __typename: 'StaleView', code: RefusalCode, message: string }
      | { __typename: 'TooManyPrincipals', code: RefusalCode, message: string }
      | { __typename: 'UserInactive', code: RefusalCode, message: string }
     | null } };

export type ChangeGroupMembersMutationVariables = Exact<{
  input: ChangeGroupMembersInput;
}>;


export type ChangeGroupMembersMutation = { changeGroupMembers: { revision: number | null, visible: boolean, warnings: Array<string>, refusal:
      | { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string }
      | { __typename: 'AlreadySeated', code: RefusalCode, message: string }
      | { __typename: 'GroupHasAssignments', code: RefusalCode, message: string }
      | { __typename: 'IdempotencyConflict', code: RefusalCode, message: string }
      | { __typename: 'InheritedFromGroup', code: RefusalCode, message: string }
      | { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string }
      | { __typename: 'LicenseCancelled', code: RefusalCode, message: string }
      | { __typename: 'LicenseNotFound', code: RefusalCode, message: string }
      | { __typename: 'LicenseSuspended', code: RefusalCode, message: string }
      | { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string }
      | { __typename: 'NotFound', code: RefusalCode, message: string }
      | { __typename: 'NotSeated', code: RefusalCode, message: string }
      | { __typename: 'PlainRefusal', code: RefusalCode, message: string }
      | { __typename: 'PrincipalNotFound', code: RefusalCode, message: string }
      | { __typename: 'StaleView', code: RefusalCode, message: string }
      | { __typename: 'TooManyPrincipals', code: RefusalCode, message: string }
      | { __typename: 'UserInactive', code: RefusalCode, message: string }
     | null } };

export type DeleteGroupMutationVariables = Exact<{
  input: DeleteGroupInput;
}>;


export type DeleteGroupMutation = { deleteGroup: { revision: number | null, visible: boolean, refusal:
      | { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string }
      | { __typename: 'AlreadySeated', code: RefusalCode, message: string }
      | { __typename: 'GroupHasAssignments', code: RefusalCode, message: string }
      | { __typename: 'IdempotencyConflict', code: RefusalCode, message: string }
      | { __typename: 'InheritedFromGroup', code: RefusalCode, message: string }
      | { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string }
      | { __typename: 'LicenseCancelled', code: RefusalCode, message: string }
      | { __typename: 'LicenseNotFound', code: RefusalCode, message: string }
      | { __typename: 'LicenseSuspended', code: RefusalCode, message: string }
      | { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string }
      | { __typename: 'NotFound', code: RefusalCode, message: string }
      | { __typename: 'NotSeated', code: RefusalCode, message: string }
      | { __typename: 'PlainRefusal', code: RefusalCode, message: string }
      | { __typename: 'PrincipalNotFound', code: RefusalCode, message: string }
      | { __typename: 'StaleView', code: RefusalCode, message: string }
      | { __typename: 'TooManyPrincipals', code: RefusalCode, message: string }
      | { __typename: 'UserInactive', code: RefusalCode, message: string }
     | null } };

type PrincipalName_Group_Fragment = { __typename: 'Group', id: string, displayName: string, memberCount: number };

type PrincipalName_User_Fragment = { __typename: 'User', id: string, displayName: string, userName: string, mail: string | null, active: boolean };

export type PrincipalNameFragment =
  | PrincipalName_Group_Fragment
  | PrincipalName_User_Fragment
;

export type LicenseQueryVariables = Exact<{
  licenseId: string | number;
  asOf?: AsOf | null | undefined;
}>;


export type LicenseQuery = { viewer: { organization: { revision: number } | null }, license: { id: string, status: LicenseStatus, graceExpired: boolean, product: { id: string, name: string, description: string | null, installUrl: string | null, vendor: { id: string, name: string, contact: string | null } }, seats: { purchased: number, seated: number, available: number, waitlisted: number, overassignedBy: number, graceEndsAt: string | null } } | null };

export type LicensedUsersQueryVariables = Exact<{
  licenseId: string | number;
  first: number;
  after?: string | null | undefined;
  state?: SeatState | null | undefined;
  search?: string | null | undefined;
  groupId?: string | number | null | undefined;
  orderBy?: LicensedUserOrder | null | undefined;
  asOf?: AsOf | null | undefined;
}>;


export type LicensedUsersQuery = { license: { users: { totalCount: number, nodes: Array<{ state: SeatState, entitledSince: string, seatedSince: string | null, waitlistPosition: number | null, user: { id: string, displayName: string, userName: string, mail: string | null, active: boolean }, sources: Array<{ type: SourceType, since: string, group: { id: string, displayName: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type LicenseAssignmentsQueryVariables = Exact<{
  licenseId: string | number;
  first: number;
  after?: string | null | undefined;
  type?: PrincipalType | null | undefined;
  search?: string | null | undefined;
  asOf?: AsOf | null | undefined;
}>;


export type LicenseAssignmentsQuery = { license: { assignments: { totalCount: number, nodes: Array<{ assignedAt: string, assignedBy: string, reason: string | null, status: AssignmentStatus, waiting: number, principal:
          | { __typename: 'Group', id: string, displayName: string, memberCount: number }
          | { __typename: 'User', id: string, displayName: string, userName: string, mail: string | null, active: boolean }
         }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type FindPrincipalsQueryVariables = Exact<{
  search: string;
  types?: Array<PrincipalType> | PrincipalType | null | undefined;
}>;


export type FindPrincipalsQuery = { principals: { nodes: Array<
      | { __typename: 'Group', id: string, displayName: string, memberCount: number }
      | { __typename: 'User', id: string, displayName: string, userName: string, mail: string | null, active: boolean }
    > } };

export type WaitingPlacesQueryVariables = Exact<{
  licenseId: string | number;
  userId: string | number;
}>;


export type WaitingPlacesQuery = { license: { user: { waitlistPosition: number | null } | null } | null };

export type VendorSeatChangesQueryVariables = Exact<{
  licenseId: string | number;
}>;


export type VendorSeatChangesQuery = { history: { nodes: Array<{ revision: number, recordedAt: string, summary: string, data: Record<string, unknown> }> } };

export type AssignLicensesMutationVariables = Exact<{
  input: AssignLicensesInput;
}>;


export type AssignLicensesMutation = { assignLicenses: { revision: number | null, visible: boolean, results: Array<{ outcome: AssignOutcome, seated: number, waitlisted: number, principal:
        | { __typename: 'Group', id: string, displayName: string, memberCount: number }
        | { __typename: 'User', id: string, displayName: string, userName: string, mail: string | null, active: boolean }
       }>, refusal:
      | { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string }
      | { __typename: 'AlreadySeated', code: RefusalCode, message: string }
      | { __typename: 'GroupHasAssignments', code: RefusalCode, message: string }
      | { __typename: 'IdempotencyConflict', code: RefusalCode, message: string }
      | { __typename: 'InheritedFromGroup', code: RefusalCode, message: string }
      | { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string }
      | { __typename: 'LicenseCancelled', code: RefusalCode, message: string }
      | { __typename: 'LicenseNotFound', code: RefusalCode, message: string }
      | { __typename: 'LicenseSuspended', code: RefusalCode, message: string }
      | { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string }
      | { __typename: 'NotFound', code: RefusalCode, message: string }
      | { __typename: 'NotSeated', code: RefusalCode, message: string }
      | { __typename: 'PlainRefusal', code: RefusalCode, message: string }
      | { __typename: 'PrincipalNotFound', code: RefusalCode, message: string }
      | { __typename: 'StaleView', code: RefusalCode, message: string }
      | { __typename: 'TooManyPrincipals', code: RefusalCode, message: string }
      | { __typename: 'UserInactive', code: RefusalCode, message: string }
     | null } };

export type UnassignLicensesMutationVariables = Exact<{
  input: UnassignLicensesInput;
}>;


export type UnassignLicensesMutation = { unassignLicenses: { revision: number | null, visible: boolean, results: Array<{ outcome: UnassignOutcome, principal:
        | { __typename: 'Group', id: string, displayName: string, memberCount: number }
        | { __typename: 'User', id: string, displayName: string, userName: string, mail: string | null, active: boolean }
      , stillLicensedVia: Array<{ id: string, displayName: string }> }>, refusal:
      | { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string }
      | { __typename: 'AlreadySeated', code: RefusalCode, message: string }
      | { __typename: 'GroupHasAssignments', code: RefusalCode, message: string }
      | { __typename: 'IdempotencyConflict', code: RefusalCode, message: string }
      | { __typename: 'InheritedFromGroup', code: RefusalCode, message: string }
      | { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string }
      | { __typename: 'LicenseCancelled', code: RefusalCode, message: string }
      | { __typename: 'LicenseNotFound', code: RefusalCode, message: string }
      | { __typename: 'LicenseSuspended', code: RefusalCode, message: string }
      | { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string }
      | { __typename: 'NotFound', code: RefusalCode, message: string }
      | { __typename: 'NotSeated', code: RefusalCode, message: string }
      | { __typename: 'PlainRefusal', code: RefusalCode, message: string }
      | { __typename: 'PrincipalNotFound', code: RefusalCode, message: string }
      | { __typename: 'StaleView', code: RefusalCode, message: string }
      | { __typename: 'TooManyPrincipals', code: RefusalCode, message: string }
      | { __typename: 'UserInactive', code: RefusalCode, message: string }
     | null } };

export type RecordInstallVisitMutationVariables = Exact<{
  input: RecordInstallVisitInput;
}>;


export type RecordInstallVisitMutation = { recordInstallVisit: { installUrl: string | null, refusal:
      | { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string }
      | { __typename: 'AlreadySeated', code: RefusalCode, message: string }
      | { __typename: 'GroupHasAssignments', code: RefusalCode, message: string }
      | { __typename: 'IdempotencyConflict', code: RefusalCode, message: string }
      | { __typename: 'InheritedFromGroup', code: RefusalCode, message: string }
      | { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string }
      | { __typename: 'LicenseCancelled', code: RefusalCode, message: string }
      | { __typename: 'LicenseNotFound', code: RefusalCode, message: string }
      | { __typename: 'LicenseSuspended', code: RefusalCode, message: string }
      | { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string }
      | { __typename: 'NotFound', code: RefusalCode, message: string }
      | { __typename: 'NotSeated', code: RefusalCode, message: string }
      | { __typename: 'PlainRefusal', code: RefusalCode, message: string }
      | { __typename: 'PrincipalNotFound', code: RefusalCode, message: string }
      | { __typename: 'StaleView', code: RefusalCode, message: string }
      | { __typename: 'TooManyPrincipals', code: RefusalCode, message: string }
      | { __typename: 'UserInactive', code: RefusalCode, message: string }
     | null } };

type RefusalText_AlreadyExists_Fragment = { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string };

type RefusalText_AlreadySeated_Fragment = { __typename: 'AlreadySeated', code: RefusalCode, message: string };

type RefusalText_GroupHasAssignments_Fragment = { __typename: 'GroupHasAssignments', code: RefusalCode, message: string };

type RefusalText_IdempotencyConflict_Fragment = { __typename: 'IdempotencyConflict', code: RefusalCode, message: string };

type RefusalText_InheritedFromGroup_Fragment = { __typename: 'InheritedFromGroup', code: RefusalCode, message: string };

type RefusalText_InvalidInput_Fragment = { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string };

type RefusalText_LicenseCancelled_Fragment = { __typename: 'LicenseCancelled', code: RefusalCode, message: string };

type RefusalText_LicenseNotFound_Fragment = { __typename: 'LicenseNotFound', code: RefusalCode, message: string };

type RefusalText_LicenseSuspended_Fragment = { __typename: 'LicenseSuspended', code: RefusalCode, message: string };

type RefusalText_NotEnoughSeats_Fragment = { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string };

type RefusalText_NotFound_Fragment = { __typename: 'NotFound', code: RefusalCode, message: string };

type RefusalText_NotSeated_Fragment = { __typename: 'NotSeated', code: RefusalCode, message: string };

type RefusalText_PlainRefusal_Fragment = { __typename: 'PlainRefusal', code: RefusalCode, message: string };

type RefusalText_PrincipalNotFound_Fragment = { __typename: 'PrincipalNotFound', code: RefusalCode, message: string };

type RefusalText_StaleView_Fragment = { __typename: 'StaleView', code: RefusalCode, message: string };

type RefusalText_TooManyPrincipals_Fragment = { __typename: 'TooManyPrincipals', code: RefusalCode, message: string };

type RefusalText_UserInactive_Fragment = { __typename: 'UserInactive', code: RefusalCode, message: string };

export type RefusalTextFragment =
  | RefusalText_AlreadyExists_Fragment
  | RefusalText_AlreadySeated_Fragment
  | RefusalText_GroupHasAssignments_Fragment
  | RefusalText_IdempotencyConflict_Fragment
  | RefusalText_InheritedFromGroup_Fragment
  | RefusalText_InvalidInput_Fragment
  | RefusalText_LicenseCancelled_Fragment
  | RefusalText_LicenseNotFound_Fragment
  | RefusalText_LicenseSuspended_Fragment
  | RefusalText_NotEnoughSeats_Fragment
  | RefusalText_NotFound_Fragment
  | RefusalText_NotSeated_Fragment
  | RefusalText_PlainRefusal_Fragment
  | RefusalText_PrincipalNotFound_Fragment
  | RefusalText_StaleView_Fragment
  | RefusalText_TooManyPrincipals_Fragment
  | RefusalText_UserInactive_Fragment
;

export type LicensesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  asOf?: AsOf | null | undefined;
}>;


export type LicensesQuery = { licenses: { totalCount: number, nodes: Array<{ id: string, status: LicenseStatus, product: { id: string, name: string, vendor: { id: string, name: string } }, seats: { purchased: number, seated: number, available: number, waitlisted: number, overassignedBy: number, graceEndsAt: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { subject: string, roles: Array<Role>, user: { id: string } | null, organization: { id: string, name: string, revision: number } | null } };

export type UsersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  asOf?: AsOf | null | undefined;
}>;


export type UsersQuery = { users: { totalCount: number, nodes: Array<{ id: string, displayName: string, userName: string, mail: string | null, active: boolean, groups: { totalCount: number }, licenses: { totalCount: number, nodes: Array<{ state: SeatState, license: { id: string, product: { name: string } } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UserQueryVariables = Exact<{
  userId: string | number;
  asOf?: AsOf | null | undefined;
}>;


export type UserQuery = { viewer: { organization: { revision: number } | null }, user: { id: string, displayName: string, userName: string, mail: string | null, externalId: string | null, active: boolean, groups: { totalCount: number }, licenses: { totalCount: number } } | null };

export type HeldLicenseFragment = { state: SeatState, entitledSince: string, seatedSince: string | null, waitlistPosition: number | null, license: { id: string, status: LicenseStatus, product: { name: string } }, sources: Array<{ type: SourceType, since: string, group: { id: string, displayName: string } | null }> };

export type UserLicensesQueryVariables = Exact<{
  userId: string | number;
  first: number;
  after?: string | null | undefined;
  asOf?: AsOf | null | undefined;
}>;


export type UserLicensesQuery = { user: { licenses: { totalCount: number, nodes: Array<{ state: SeatState, entitledSince: string, seatedSince: string | null, waitlistPosition: number | null, license: { id: string, status: LicenseStatus, product: { name: string } }, sources: Array<{ type: SourceType, since: string, group: { id: string, displayName: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type UserGroupsQueryVariables = Exact<{
  userId: string | number;
  first: number;
  after?: string | null | undefined;
  asOf?: AsOf | null | undefined;
}>;


export type UserGroupsQuery = { user: { groups: { totalCount: number, nodes: Array<{ id: string, displayName: string, memberCount: number, assignments: { totalCount: number, nodes: Array<{ license: { id: string, product: { name: string } } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type OwnGroupsQueryVariables = Exact<{
  userId: string | number;
  first: number;
  after?: string | null | undefined;
  asOf?: AsOf | null | undefined;
}>;


export type OwnGroupsQuery = { user: { groups: { totalCount: number, nodes: Array<{ id: string, displayName: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type HistoryOfQueryVariables = Exact<{
  filter?: HistoryFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type HistoryOfQuery = { history: { totalCount: number, nodes: Array<{ revision: number, type: string, recordedAt: string, summary: string, reason: string | null, data: Record<string, unknown>, actor: { type: ActorType, id: string, displayName: string | null, role: Role | null }, license: { id: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DeletionQueryVariables = Exact<{
  filter?: HistoryFilter | null | undefined;
}>;


export type DeletionQuery = { history: { nodes: Array<{ revision: number, recordedAt: string, summary: string }> } };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { createUser: { revision: number | null, visible: boolean, user: { id: string, displayName: string } | null, refusal:
      | { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string }
      | { __typename: 'AlreadySeated', code: RefusalCode, message: string }
      | { __typename: 'GroupHasAssignments', code: RefusalCode, message: string }
      | { __typename: 'IdempotencyConflict', code: RefusalCode, message: string }
      | { __typename: 'InheritedFromGroup', code: RefusalCode, message: string }
      | { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string }
      | { __typename: 'LicenseCancelled', code: RefusalCode, message: string }
      | { __typename: 'LicenseNotFound', code: RefusalCode, message: string }
      | { __typename: 'LicenseSuspended', code: RefusalCode, message: string }
      | { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string }
      | { __typename: 'NotFound', code: RefusalCode, message: string }
      | { __typename: 'NotSeated', code: RefusalCode, message: string }
      | { __typename: 'PlainRefusal', code: RefusalCode, message: string }
      | { __typename: 'PrincipalNotFound', code: RefusalCode, message: string }
      | { __typename: 'StaleView', code: RefusalCode, message: string }
      | { __typename: 'TooManyPrincipals', code: RefusalCode, message: string }
      | { __typename: 'UserInactive', code: RefusalCode, message: string }
     | null } };

export type UpdateUserMutationVariables = Exact<{
  input: UpdateUserInput;
}>;


export type UpdateUserMutation = { updateUser: { revision: number | null, visible: boolean, refusal:
      | { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string }
      | { __typename: 'AlreadySeated', code: RefusalCode, message: string }
      | { __typename: 'GroupHasAssignments', code: RefusalCode, message: string }
      | { __typename: 'IdempotencyConflict', code: RefusalCode, message: string }
      | { __typename: 'InheritedFromGroup', code: RefusalCode, message: string }
      | { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string }
      | { __typename: 'LicenseCancelled', code: RefusalCode, message: string }
      | { __typename: 'LicenseNotFound', code: RefusalCode, message: string }
      | { __typename: 'LicenseSuspended', code: RefusalCode, message: string }
      | { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string }
      | { __typename: 'NotFound', code: RefusalCode, message: string }
      | { __typename: 'NotSeated', code: RefusalCode, message: string }
      | { __typename: 'PlainRefusal', code: RefusalCode, message: string }
      | { __typename: 'PrincipalNotFound', code: RefusalCode, message: string }
      | { __typename: 'StaleView', code: RefusalCode, message: string }
      | { __typename: 'TooManyPrincipals', code: RefusalCode, message: string }
      | { __typename: 'UserInactive', code: RefusalCode, message: string }
     | null } };

export type SetUserActiveMutationVariables = Exact<{
  input: SetUserActiveInput;
}>;


export type SetUserActiveMutation = { setUserActive: { revision: number | null, visible: boolean, refusal:
      | { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string }
      | { __typename: 'AlreadySeated', code: RefusalCode, message: string }
      | { __typename: 'GroupHasAssignments', code: RefusalCode, message: string }
      | { __typename: 'IdempotencyConflict', code: RefusalCode, message: string }
      | { __typename: 'InheritedFromGroup', code: RefusalCode, message: string }
      | { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string }
      | { __typename: 'LicenseCancelled', code: RefusalCode, message: string }
      | { __typename: 'LicenseNotFound', code: RefusalCode, message: string }
      | { __typename: 'LicenseSuspended', code: RefusalCode, message: string }
      | { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string }
      | { __typename: 'NotFound', code: RefusalCode, message: string }
      | { __typename: 'NotSeated', code: RefusalCode, message: string }
      | { __typename: 'PlainRefusal', code: RefusalCode, message: string }
      | { __typename: 'PrincipalNotFound', code: RefusalCode, message: string }
      | { __typename: 'StaleView', code: RefusalCode, message: string }
      | { __typename: 'TooManyPrincipals', code: RefusalCode, message: string }
      | { __typename: 'UserInactive', code: RefusalCode, message: string }
     | null } };

export type DeleteUserMutationVariables = Exact<{
  input: DeleteUserInput;
}>;


export type DeleteUserMutation = { deleteUser: { revision: number | null, visible: boolean, refusal:
      | { __typename: 'AlreadyExists', field: string, code: RefusalCode, message: string }
      | { __typename: 'AlreadySeated', code: RefusalCode, message: string }
      | { __typename: 'GroupHasAssignments', code: RefusalCode, message: string }
      | { __typename: 'IdempotencyConflict', code: RefusalCode, message: string }
      | { __typename: 'InheritedFromGroup', code: RefusalCode, message: string }
      | { __typename: 'InvalidInput', field: string, code: RefusalCode, message: string }
      | { __typename: 'LicenseCancelled', code: RefusalCode, message: string }
      | { __typename: 'LicenseNotFound', code: RefusalCode, message: string }
      | { __typename: 'LicenseSuspended', code: RefusalCode, message: string }
      | { __typename: 'NotEnoughSeats', available: number, required: number, code: RefusalCode, message: string }
      | { __typename: 'NotFound', code: RefusalCode, message: string }
      | { __typename: 'NotSeated', code: RefusalCode, message: string }
      | { __typename: 'PlainRefusal', code: RefusalCode, message: string }
      | { __typename: 'PrincipalNotFound', code: RefusalCode, message: string }
      | { __typename: 'StaleView', code: RefusalCode, message: string }
      | { __typename: 'TooManyPrincipals', code: RefusalCode, message: string }
      | { __typename: 'UserInactive', code: RefusalCode, message: string }
     | null } };

export type UserHoldingsQueryVariables = Exact<{
  userId: string | number;
}>;


export type UserHoldingsQuery = { user: { licenses: { totalCount: number, nodes: Array<{ state: SeatState, waitlistPosition: number | null, license: { id: string, product: { name: string } } }> }, groups: { totalCount: number } } | null };

export const PrincipalNameFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PrincipalName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Principal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"userName"}},{"kind":"Field","name":{"kind":"Name","value":"mail"}},{"kind":"Field","name":{"kind":"Name","value":"active"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Group"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}}]}}]}}]} as unknown as DocumentNode<PrincipalNameFragment, unknown>;
export const RefusalTextFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<RefusalTextFragment, unknown>;
export const HeldLicenseFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"HeldLicense"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LicensedUser"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"license"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"entitledSince"}},{"kind":"Field","name":{"kind":"Name","value":"seatedSince"}},{"kind":"Field","name":{"kind":"Name","value":"waitlistPosition"}}]}}]} as unknown as DocumentNode<HeldLicenseFragment, unknown>;
export const ChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"Changes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"afterRevision"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"historyAppended"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"afterRevision"},"value":{"kind":"Variable","name":{"kind":"Name","value":"afterRevision"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"license"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"data"}}]}}]}}]} as unknown as DocumentNode<ChangesSubscription, ChangesSubscriptionVariables>;
export const GroupsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Groups"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}},{"kind":"Field","name":{"kind":"Name","value":"assignments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}},{"kind":"Field","name":{"kind":"Name","value":"license"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<GroupsQuery, GroupsQueryVariables>;
export const GroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Group"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"group"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}},{"kind":"Field","name":{"kind":"Name","value":"assignments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"license"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignedAt"}},{"kind":"Field","name":{"kind":"Name","value":"assignedBy"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}}]} as unknown as DocumentNode<GroupQuery, GroupQueryVariables>;
export const GroupMembersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GroupMembers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"members"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"userName"}},{"kind":"Field","name":{"kind":"Name","value":"mail"}},{"kind":"Field","name":{"kind":"Name","value":"active"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}}]} as unknown as DocumentNode<GroupMembersQuery, GroupMembersQueryVariables>;
export const UsersByUserNameDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UsersByUserName"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userNames"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"usersByIdentity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userNames"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userNames"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"userName"}},{"kind":"Field","name":{"kind":"Name","value":"mail"}},{"kind":"Field","name":{"kind":"Name","value":"active"}}]}}]}}]} as unknown as DocumentNode<UsersByUserNameQuery, UsersByUserNameQueryVariables>;
export const CreateGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"visible"}},{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalText"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<CreateGroupMutation, CreateGroupMutationVariables>;
export const RenameGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RenameGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RenameGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"renameGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"visible"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalText"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<RenameGroupMutation, RenameGroupMutationVariables>;
export const ChangeGroupMembersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangeGroupMembers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChangeGroupMembersInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changeGroupMembers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"visible"}},{"kind":"Field","name":{"kind":"Name","value":"warnings"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalText"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<ChangeGroupMembersMutation, ChangeGroupMembersMutationVariables>;
export const DeleteGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"visible"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalText"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<DeleteGroupMutation, DeleteGroupMutationVariables>;
export const LicenseDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"License"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"licenseId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"license"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"licenseId"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"graceExpired"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"installUrl"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"contact"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"seats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"purchased"}},{"kind":"Field","name":{"kind":"Name","value":"seated"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"waitlisted"}},{"kind":"Field","name":{"kind":"Name","value":"overassignedBy"}},{"kind":"Field","name":{"kind":"Name","value":"graceEndsAt"}}]}}]}}]}}]} as unknown as DocumentNode<LicenseQuery, LicenseQueryVariables>;
export const LicensedUsersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LicensedUsers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"licenseId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"state"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SeatState"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LicensedUserOrder"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"license"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"licenseId"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"state"},"value":{"kind":"Variable","name":{"kind":"Name","value":"state"}}},{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"groupId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"userName"}},{"kind":"Field","name":{"kind":"Name","value":"mail"}},{"kind":"Field","name":{"kind":"Name","value":"active"}}]}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"entitledSince"}},{"kind":"Field","name":{"kind":"Name","value":"seatedSince"}},{"kind":"Field","name":{"kind":"Name","value":"waitlistPosition"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}}]} as unknown as DocumentNode<LicensedUsersQuery, LicensedUsersQueryVariables>;
export const LicenseAssignmentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LicenseAssignments"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"licenseId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"type"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"PrincipalType"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"license"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"licenseId"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"type"},"value":{"kind":"Variable","name":{"kind":"Name","value":"type"}}},{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"principal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PrincipalName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignedAt"}},{"kind":"Field","name":{"kind":"Name","value":"assignedBy"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PrincipalName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Principal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"userName"}},{"kind":"Field","name":{"kind":"Name","value":"mail"}},{"kind":"Field","name":{"kind":"Name","value":"active"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Group"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}}]}}]}}]} as unknown as DocumentNode<LicenseAssignmentsQuery, LicenseAssignmentsQueryVariables>;
export const FindPrincipalsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindPrincipals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"types"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PrincipalType"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"principals"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"Variable","name":{"kind":"Name","value":"types"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PrincipalName"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PrincipalName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Principal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"userName"}},{"kind":"Field","name":{"kind":"Name","value":"mail"}},{"kind":"Field","name":{"kind":"Name","value":"active"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Group"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}}]}}]}}]} as unknown as DocumentNode<FindPrincipalsQuery, FindPrincipalsQueryVariables>;
export const WaitingPlacesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WaitingPlaces"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"licenseId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"license"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"licenseId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"waitlistPosition"}}]}}]}}]}}]} as unknown as DocumentNode<WaitingPlacesQuery, WaitingPlacesQueryVariables>;
export const VendorSeatChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"VendorSeatChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"licenseId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"history"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"licenseId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"licenseId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"types"},"value":{"kind":"ListValue","values":[{"kind":"StringValue","value":"VendorSeatsChanged","block":false},{"kind":"StringValue","value":"LicenseRegistered","block":false}]}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"data"}}]}}]}}]}}]} as unknown as DocumentNode<VendorSeatChangesQuery, VendorSeatChangesQueryVariables>;
export const AssignLicensesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AssignLicenses"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssignLicensesInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignLicenses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"visible"}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"principal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PrincipalName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"seated"}},{"kind":"Field","name":{"kind":"Name","value":"waitlisted"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalText"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PrincipalName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Principal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"userName"}},{"kind":"Field","name":{"kind":"Name","value":"mail"}},{"kind":"Field","name":{"kind":"Name","value":"active"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Group"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<AssignLicensesMutation, AssignLicensesMutationVariables>;
export const UnassignLicensesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UnassignLicenses"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UnassignLicensesInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unassignLicenses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"visible"}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"principal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PrincipalName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"stillLicensedVia"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalText"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PrincipalName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Principal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"userName"}},{"kind":"Field","name":{"kind":"Name","value":"mail"}},{"kind":"Field","name":{"kind":"Name","value":"active"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Group"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<UnassignLicensesMutation, UnassignLicensesMutationVariables>;
export const RecordInstallVisitDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RecordInstallVisit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordInstallVisitInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordInstallVisit"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"installUrl"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalText"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<RecordInstallVisitMutation, RecordInstallVisitMutationVariables>;
export const LicensesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Licenses"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"licenses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"seats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"purchased"}},{"kind":"Field","name":{"kind":"Name","value":"seated"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"waitlisted"}},{"kind":"Field","name":{"kind":"Name","value":"overassignedBy"}},{"kind":"Field","name":{"kind":"Name","value":"graceEndsAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<LicensesQuery, LicensesQueryVariables>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"roles"}},{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"revision"}}]}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const UsersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Users"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"userName"}},{"kind":"Field","name":{"kind":"Name","value":"mail"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"licenses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"license"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<UsersQuery, UsersQueryVariables>;
export const UserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"User"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"userName"}},{"kind":"Field","name":{"kind":"Name","value":"mail"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"licenses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}}]} as unknown as DocumentNode<UserQuery, UserQueryVariables>;
export const UserLicensesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UserLicenses"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"licenses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"HeldLicense"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"HeldLicense"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LicensedUser"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"license"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"entitledSince"}},{"kind":"Field","name":{"kind":"Name","value":"seatedSince"}},{"kind":"Field","name":{"kind":"Name","value":"waitlistPosition"}}]}}]} as unknown as DocumentNode<UserLicensesQuery, UserLicensesQueryVariables>;
export const UserGroupsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UserGroups"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}},{"kind":"Field","name":{"kind":"Name","value":"assignments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"license"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}}]} as unknown as DocumentNode<UserGroupsQuery, UserGroupsQueryVariables>;
export const OwnGroupsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OwnGroups"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}}]} as unknown as DocumentNode<OwnGroupsQuery, OwnGroupsQueryVariables>;
export const HistoryOfDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"HistoryOf"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"HistoryFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"history"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"license"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"data"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<HistoryOfQuery, HistoryOfQueryVariables>;
export const DeletionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Deletion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"HistoryFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"history"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}}]}}]}}]}}]} as unknown as DocumentNode<DeletionQuery, DeletionQueryVariables>;
export const CreateUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"visible"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalText"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<CreateUserMutation, CreateUserMutationVariables>;
export const UpdateUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"visible"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalText"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<UpdateUserMutation, UpdateUserMutationVariables>;
export const SetUserActiveDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetUserActive"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetUserActiveInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setUserActive"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"visible"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalText"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<SetUserActiveMutation, SetUserActiveMutationVariables>;
export const DeleteUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"visible"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalText"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalText"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEnoughSeats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlreadyExists"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<DeleteUserMutation, DeleteUserMutationVariables>;
export const UserHoldingsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UserHoldings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"licenses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"license"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"waitlistPosition"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}}]} as unknown as DocumentNode<UserHoldingsQuery, UserHoldingsQueryVariables>;