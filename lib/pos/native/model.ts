/** Bills and operations as the native API writes them: ids and amounts as numbers, instants as ISO texts. Pure. */
import { toDecimal } from "../../kernel/money";
import { displayName } from "../../members/model";
import type { Price, Programme, Reason } from "../../program/model";
import type { Customer, Operation } from "../../sales/model";
import { tierById } from "../../tiers/model";

/** A reason with the sentence that says it in the reader's language. */
export type Said = Reason & { readonly text: string };
export type Say = (because: readonly Reason[]) => readonly Said[];

export const buyerJson = ({ member, tierId, available }: Customer, programme: Programme) => ({
  id: Number(member.id),
  uid: member.uid,
  name: displayName(member),
  tier: { id: tierId, name: tierById(programme.base, programme.tiers, tierId).name },
  points: toDecimal(available),
});

export const billJson = (price: Price) => ({
  total: toDecimal(price.totalMinor),
  discount: toDecimal(price.discountMinor),
  points: toDecimal(price.points),
  maxPoints: toDecimal(price.maxPoints),
  certificate: toDecimal(price.certificateMinor),
  cash: toDecimal(price.cashMinor),
  earns: toDecimal(price.grants.reduce((sum, { points }) => sum + points, 0n)),
});

/** `awaiting`: points of it that begin with a confirmation. */
export const saleJson = (operation: Operation, awaiting: bigint, say: Say) => ({
  id: Number(operation.id),
  kind: operation.kind,
  state: operation.state,
  at: operation.at.toISOString(),
  customer: { id: Number(operation.memberId), uid: operation.memberUid, name: operation.memberName },
  originId: operation.originId === null ? null : Number(operation.originId),
  receiptNumber: operation.receiptNumber,
  locationId: operation.locationId === null ? null : Number(operation.locationId),
  total: toDecimal(operation.totalMinor),
  discount: toDecimal(operation.discountMinor),
  points: toDecimal(operation.pointsSpent),
  certificate: toDecimal(operation.certificateMinor),
  cash: toDecimal(operation.cashMinor),
  earned: toDecimal(operation.pointsEarned),
  refunded: toDecimal(operation.refundedMinor),
  awaiting: toDecimal(awaiting),
  because: say(operation.because),
});
