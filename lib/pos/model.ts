/**
 * Kolo's figures in the JSON of UDS Partner API v2. Pure.
 *
 * Always true: every documented key is there, null where it is empty. Units: numbers with at most two decimals, percent as
 * percent. Source: the API's contract, sections 4 to 7; `docs/pos-api.md` tells tills about it.
 */
import type { Business } from "../access/model";
import { toDecimal } from "../kernel/money";
import { displayName, type Tag } from "../members/model";
import {
  type Entitlement,
  type Hold,
  type Price,
  type Programme,
  referralRates,
  stateOf,
  usesLeft,
} from "../program/model";
import type { Customer, Operation } from "../sales/model";
import { type Tier, tierById } from "../tiers/model";

const id = (value: bigint) => Number(value);
const idOrNull = (value: bigint | null) => (value === null ? null : Number(value));
const percent = (bps: number) => bps / 100;
const iso = (at: Date | null) => (at === null ? null : at.toISOString());
const moneyOrNull = (minor: bigint | null) => (minor === null ? null : toDecimal(minor));
const isDiscount = (programme: Programme) => programme.policy === "discount";

/** `part` as percent of `whole`, half up, two decimals; 0 of nothing. */
export function percentOf(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : toDecimal((part * 20_000n + whole) / (2n * whole));
}

/** One page out of a page and perhaps one row more, which only says that there is a next page. */
export function pageOf<T>(
  found: readonly T[],
  max: number,
  mark: (last: T) => string,
): { rows: readonly T[]; cursor: string | null } {
  const rows = found.slice(0, max);
  const last = rows.at(-1);
  return { rows, cursor: found.length > max && last !== undefined ? mark(last) : null };
}

/** MembershipTier. A tier without a cap of its own shows the programme's: tills take null for "no points". */
export function tierJson(tier: Tier, programme: Programme) {
  return {
    uid: tier.id,
    name: tier.name,
    rate: percent(tier.rateBps),
    maxScoresDiscount: percent(tier.maxPointsBps ?? programme.maxPointsBps),
    conditions: {
      totalCashSpent: tier.spentMinor === null ? null : { target: toDecimal(tier.spentMinor) },
      effectiveInvitedCount: tier.invited === null ? null : { target: tier.invited },
    },
  };
}

/** CompanySettings. */
export function settingsJson(business: Business, programme: Programme) {
  return {
    id: id(business.id),
    name: business.name,
    promoCode: business.joinCode,
    currency: business.currency,
    baseDiscountPolicy: isDiscount(programme) ? "APPLY_DISCOUNT" : "CHARGE_SCORES",
    loyaltyProgramSettings: {
      baseMembershipTier: tierJson(programme.base, programme),
      membershipTiers: programme.tiers.map((tier) => tierJson(tier, programme)),
      referralCashbackRates: referralRates(programme.referral).map(percent),
      cashierAward: null,
      referralReward:
        programme.referral.invitationPoints > 0n ? toDecimal(programme.referral.invitationPoints) : null,
      discountVip: null,
      receiptLimit: moneyOrNull(programme.receiptLimitMinor),
      deferPointsForDays: programme.pendingDays || null,
      firstPurchasePoints:
        programme.firstPurchasePoints > 0n ? toDecimal(programme.firstPurchasePoints) : null,
      maxScoresDiscount: percent(programme.maxPointsBps),
    },
    purchaseByPhone: programme.purchaseByPhone,
    usePointsByPhone: programme.spendByPhone,
    writeInvoice: programme.receiptNumberRequired,
    slug: business.slug,
    marketingSettings: null,
    burnPointsOnPurchase: true,
    burnPointsOnPricelist: false,
  };
}

const GENDER = { male: "MALE", female: "FEMALE" } as const;

/** Participant: the customer's standing in the company. `points` may be below zero: then the next ones fill the gap. */
export function participantJson(customer: Customer, programme: Programme) {
  const { member } = customer;
  const tier = tierById(programme.base, programme.tiers, customer.tierId);
  const rate = percent(tier.rateBps);
  return {
    id: id(member.id),
    inviterId: idOrNull(member.inviterId),
    points: toDecimal(customer.available),
    discountRate: isDiscount(programme) ? rate : 0,
    cashbackRate: isDiscount(programme) ? 0 : rate,
    cashSpent: toDecimal(customer.cashSpentMinor),
    savedFunds: toDecimal(customer.savedMinor),
    invitedCount: customer.invited,
    effectiveInvitedCount: customer.effectiveInvited,
    operationsCount: customer.visits,
    fullRefundsCount: customer.fullRefunds,
    note: member.note,
    membershipTier: tierJson(tier, programme),
    dateCreated: member.createdAt.toISOString(),
    lastTransactionTime: iso(customer.lastAt),
    pointsExpireIn: iso(customer.expiresAt),
  };
}

/** CustomerDetail, which is Customer with `tags`. */
export function customerJson(customer: Customer, programme: Programme) {
  const { member } = customer;
  return {
    uid: member.uid,
    avatar: null,
    displayName: displayName(member),
    gender: member.gender === null ? "NOT_SPECIFIED" : GENDER[member.gender],
    phone: member.phone,
    birthDate: member.birthDate,
    participant: participantJson(customer, programme),
    channelName: member.source,
    email: member.email,
    tags: member.tags.map(tagJson),
  };
}

export const tagJson = (tag: Tag) => ({ id: id(tag.id), name: tag.name });

/** A phone nobody has yet, as the customer it will be after the first purchase. */
export function nobody(phone: string, programmeVersion: number, now: Date): Customer {
  return {
    member: {
      id: 0n,
      personId: null,
      uid: null,
      inviterId: null,
      source: "till",
      createdAt: now,
      blockedAt: null,
      name: null,
      phone,
      email: null,
      birthDate: null,
      gender: null,
      note: null,
      tags: [],
    },
    foundBy: "phone",
    version: 0n,
    programmeVersion,
    tierId: "base",
    segments: [],
    uses: [],
    visits: 0,
    fullRefunds: 0,
    cashSpentMinor: 0n,
    savedMinor: 0n,
    invited: 0,
    effectiveInvited: 0,
    firstAt: null,
    lastAt: null,
    available: 0n,
    pending: 0n,
    pendingAt: null,
    expiresAt: null,
    expiring: 0n,
    codeExpiresAt: null,
    life: null,
  };
}

/** PurchaseCalc. */
export function purchaseJson(price: Price, programme: Programme) {
  const net = price.discountMinor + price.points;
  return {
    maxPoints: toDecimal(price.maxPoints),
    total: toDecimal(price.totalMinor),
    skipLoyaltyTotal: toDecimal(price.skipMinor),
    unredeemableTotal: toDecimal(price.unredeemableMinor),
    discountAmount: toDecimal(price.discountMinor),
    discountPercent: isDiscount(programme) ? percent(price.tier.rateBps) : 0,
    points: toDecimal(price.points),
    pointsPercent: percentOf(price.points, price.totalMinor),
    netDiscount: toDecimal(net),
    netDiscountPercent: percentOf(net, price.totalMinor),
    certificatePoints: toDecimal(price.certificateMinor),
    cash: toDecimal(price.cashMinor),
    cashTotal: toDecimal(price.cashMinor),
    cashBack: toDecimal(price.cashback),
    extras: {},
    maxScoresDiscount: percent(price.maxPointsBps),
  };
}

const STATE = { normal: "NORMAL", canceled: "CANCELED", reversal: "REVERSAL" } as const;

/**
 * Operation. `programme` is the version it was priced under.
 *
 * Units: `points` below zero were taken from the customer, above zero given back; a refund's money is below zero.
 */
export function operationJson(operation: Operation, programme: Programme) {
  const isRefund = operation.kind === "refund";
  const sign = isRefund ? -1 : 1;
  const tier = tierById(programme.base, programme.tiers, operation.tierId);
  const named = (of: bigint | null, name: string | null) =>
    of === null ? null : { id: id(of), displayName: name };
  return {
    id: id(operation.id),
    dateCreated: operation.at.toISOString(),
    action: "PURCHASE",
    state: STATE[operation.state],
    customer: {
      id: id(operation.memberId),
      uid: operation.memberUid,
      displayName: operation.memberName,
      membershipTier: isRefund ? null : tierJson(tier, programme),
    },
    cashier: named(operation.staffId, operation.staffName),
    branch: named(operation.locationId, operation.locationName),
    points: -sign * toDecimal(operation.pointsSpent) || 0,
    certificatePoints: sign * toDecimal(operation.certificateMinor) || 0,
    receiptNumber: isRefund ? null : operation.receiptNumber,
    origin: operation.originId === null ? null : { id: id(operation.originId) },
    total: sign * toDecimal(operation.totalMinor) || 0,
    cash: sign * toDecimal(operation.cashMinor) || 0,
  };
}

/** Something a member holds, as the native API writes it. Points and money are numbers with at most two decimals. */
export function entitlementJson(held: Entitlement, now: Date) {
  return {
    id: id(held.id),
    code: held.code,
    name: held.name,
    description: held.description,
    effect: effectJson(held.effect),
    source: held.source,
    state: stateOf(held, now),
    uses: held.uses,
    usesLeft: usesLeft(held),
    givenAt: held.givenAt.toISOString(),
    expiresAt: iso(held.expiresAt),
  };
}

/** A use set aside, as the native API writes it. */
export function holdJson(hold: Hold) {
  return {
    id: id(hold.id),
    entitlementId: id(hold.entitlementId),
    memberId: id(hold.memberId),
    name: hold.name,
    effect: effectJson(hold.effect),
    state: hold.state,
    holdUntil: hold.holdUntil.toISOString(),
  };
}

function effectJson(effect: Entitlement["effect"]) {
  switch (effect.kind) {
    case "thing":
      return { kind: "thing" };
    case "amount":
      return { kind: "amount", amount: toDecimal(effect.minor) };
    case "percent":
      return { kind: "percent", percent: percent(effect.bps) };
    case "rule":
      return { kind: "rule", ruleId: id(effect.ruleId) };
  }
}
