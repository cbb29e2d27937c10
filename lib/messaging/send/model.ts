/** The sender's own words. */
import type { Business } from "../../access/model";
import type { Channel, Kind, Language, Offer, Purpose, Variables } from "../model";
import type { MessagingSettings, ProviderKeys } from "../settings/schema";
import type { Said } from "../template/model";

/** Why a message did not go, as channels tell it. */
export type Outcome = Answer & {
  /** Browsers that are not there any more. */
  readonly dead?: readonly bigint[];
  /** The provider that answered, where a channel has several. */
  readonly provider?: string;
};
type Answer =
  | { readonly kind: "sent"; readonly providerId: string | null }
  | { readonly kind: "later"; readonly reason: string; readonly afterMs?: number | undefined }
  | { readonly kind: "uncertain"; readonly reason: string }
  /** The address is dead: forget it and try the next channel. */
  | { readonly kind: "gone"; readonly reason: string }
  | { readonly kind: "rejected"; readonly reason: string };

/** What was said to one member, kept word for word. */
export type Rendered = Said & { readonly locale: Language };

/** A message as its sender took it up. */
export type Claimed = {
  readonly id: bigint;
  readonly memberId: bigint;
  readonly purpose: Purpose;
  readonly kind: Kind;
  readonly channels: readonly Channel[];
  readonly tried: readonly Channel[];
  readonly contentId: bigint | null;
  readonly templateId: bigint | null;
  readonly templateVersion: number | null;
  readonly variables: Variables;
  readonly expiresAt: Date | null;
  readonly dueAt: Date;
  readonly attempts: number;
  readonly attemptId: string | null;
  readonly releasedAt: Date | null;
  readonly refusal: string | null;
  readonly rendered: Rendered | null;
  /** Under way when its sender died. */
  readonly wasSending: boolean;
};

/** A message the gate let through, with where it goes. */
export type Outgoing = {
  readonly message: Claimed;
  readonly rendered: Rendered;
  readonly attemptId: string;
  readonly address: Address;
};

export type PushTarget = {
  readonly id: bigint;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
};
export type Address = {
  readonly push: readonly PushTarget[];
  readonly email: string | null;
  readonly sms: string | null;
  readonly telegram: string | null;
};

/** How long a sender may take for what it took up; after that another one looks at it. */
export const LEASE_MS = 120_000;
/** Messages one turn of a lane takes up. */
export const TURN = 256;
/** A slot given by the pace that was not used within this time is lost. */
export const SLOT_MS = 60_000;

/** What a channel needs to know beside the messages themselves. */
export type Post = {
  readonly business: Business;
  readonly settings: MessagingSettings;
  readonly keys: ProviderKeys;
  readonly attemptId: string;
  readonly now: Date;
  /** Push services that are left alone for now. */
  readonly away: ReadonlySet<string>;
};

/** A way out of the house. All channels look the same to the sender. */
export type ChannelSender = {
  /** Whether the same attempt made twice reaches the member once. */
  readonly isRepeatable: () => boolean;
  /** Messages one call takes. */
  readonly batchMax: () => number;
  /** Calls at a time. */
  readonly concurrency: number;
  /** Never throws for what a provider does; answers one outcome a message, in their order. */
  readonly send: (batch: readonly Outgoing[], post: Post) => Promise<Outcome[]>;
};

/** Makes what an offer promises, in the transaction that lets the message through; answers what wordings may say of it. */
export type Minter<Tx, Ctx> = (
  tx: Tx,
  ctx: Ctx,
  about: { readonly memberId: bigint; readonly messageId: bigint; readonly with: Offer["with"] },
) => Promise<Variables>;
