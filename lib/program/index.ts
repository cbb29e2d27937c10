import "server-only";
/**
 * Programme: the promise a business makes.
 *
 * Owns the settings and their versions, the evaluator that prices a bill, joining with its welcome points. Always true: a
 * version never changes; a purchase names the version it was priced under.
 */
import { type Business, type Context, findBusiness, type Trace } from "../access";
import { newId } from "../kernel/ids";
import { assert, Refused } from "../kernel/refusals";
import { postGrant } from "../ledger";
import { enrol, inviterByCode, memberOfPerson } from "../members";
import type { Gender } from "../members/model";
import { type Tx, violatedConstraint, withBusiness } from "../platform/db";
import { expiryAfter } from "./deadlines/model";
import type { Programme } from "./model";
import { changeProgramme } from "./rules/change";
import type { ProgrammeSettings } from "./schema";
import * as store from "./store";

export {
  attachCertificate,
  certificate,
  certificateByCode,
  certificates,
  certificatesOf,
  certificatesOwed,
  expireCertificates,
  sellCertificate,
  withdrawCertificate,
} from "./certificates";
export type { Change, ChangeUnit, ChangeValue, Warning } from "./changes";
export { withRule } from "./draft";
export { type Cost, type Effect, type Example, effectOf } from "./effect";
export {
  confirmHold,
  entitlementByCode,
  entitlements,
  type HoldInput,
  holdEntitlement,
  releaseHold,
  undoUse,
} from "./entitlements";
export { holdsFor } from "./entitlements/bring";
export { withdrawEntitlement } from "./entitlements/withdraw";
export { giveTierGifts } from "./gifts";
export { countInvitations, recountInviter } from "./invitations";
export { MERGED, settleMerged } from "./merged";
export type { Bill, Grant, Price, Programme, Reason, Standing } from "./model";
export { archiveOccasion, giveOccasions, type Occasion, occasions, saveOccasion } from "./occasions";
export { giftCode, giftPoints, giftReward, type PersonalCode, personalCodes } from "./personal";
export { play } from "./play";
export {
  archivePromo,
  makeCodes,
  type PromoCode,
  type PromoFigures,
  promoCodes,
  promos,
  savePromo,
} from "./promo";
export { type PromoGain, type RedeemInput, redeemPromo } from "./promo/redeem";
export { requalify, requalifyNightly, settleDue, settleOne } from "./requalify";
export { archiveReward, rewards, saveReward, shop } from "./rewards";
export { type BuyInput, buyReward, type GiftInput, giveReward, sellReward } from "./rewards/give";
export { budgetUses, forgetRuleUses } from "./rules/budgets";
export { type Changed, cancelScheduled, changeProgramme, type Draft, undoTo } from "./rules/change";
export {
  archiveRule,
  checkRule,
  type RuleResult,
  type RuleRow,
  type RuleState,
  ruleHistory,
  rules,
  saveRule,
} from "./rules/list";
export { SIMULATION_DAYS_MAX, type SimulationInput, type SimulationResult, simulate } from "./simulation";
export {
  archiveStampProgramme,
  liveStampProgrammes,
  type StampFigures,
  saveStampProgramme,
  stampProgrammes,
  stampRows,
} from "./stamps";
export { type RuleChange, type Version, versions } from "./versions";

/** The programme in force. Refuses: `not_found` for a business without one. */
export async function programme(ctx: Context): Promise<Programme> {
  return await withBusiness(ctx.business.id, (tx) => programmeIn(tx, ctx.business.id, ctx.now));
}

/** The same inside a running transaction; without a moment, by the database's clock. */
export async function programmeIn(tx: Tx, businessId: bigint, now: Date | null = null): Promise<Programme> {
  const version = await store.currentVersion(tx, businessId, now);
  const found = version === undefined ? undefined : await store.programmeAt(tx, businessId, version);
  if (!found) throw new Refused("not_found", { what: "programme" });
  return found;
}

/** The business a handler of events acts for. */
export async function businessOf(id: bigint): Promise<Business> {
  const found = await findBusiness({ id });
  assert(found, "events are of businesses that exist");
  return found;
}

/** A version a purchase was priced under, inside a running transaction. Refuses: `not_found`. */
export async function programmeAtIn(tx: Tx, businessId: bigint, version: number): Promise<Programme> {
  const found = await store.programmeAt(tx, businessId, version);
  if (!found) throw new Refused("not_found", { what: "programme" });
  return found;
}

/** A version a purchase was priced under; versions stay for ever. */
export async function programmeAt(ctx: Context, version: number): Promise<Programme> {
  const known = store.keptProgramme(ctx.business.id, version);
  if (known) return known;
  const found = await withBusiness(ctx.business.id, (tx) => store.programmeAt(tx, ctx.business.id, version));
  if (!found) throw new Refused("not_found", { what: "programme" });
  return found;
}

/**
 * Puts new settings in force as the next version, now or at a moment to come; rules stay as they are.
 *
 * Refuses: `stale` when somebody saved after `basedOn` was read; members are put on their new tiers by the `requalify` job.
 */
export async function saveProgramme(
  ctx: Context,
  basedOn: number,
  settings: ProgrammeSettings,
  effectiveAt: Date | null = null,
): Promise<number> {
  return (await changeProgramme(ctx, basedOn, { settings }, effectiveAt)).version;
}

export type Joining = {
  readonly personId: bigint;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthDate: string | null;
  readonly gender: Gender | null;
  readonly inviteCode: string | null;
  readonly source: string;
  readonly trace?: Trace | undefined;
};

/**
 * Makes a person a member, with the welcome points the programme promises; who is one already just comes in.
 *
 * Shape: one transaction; `joined` says whether it happened now. An unknown invitation code is ignored.
 */
export async function join(ctx: Context, joining: Joining): Promise<{ memberId: bigint; joined: boolean }> {
  try {
    return await withBusiness(ctx.business.id, async (tx) => {
      const known = await memberOfPerson(tx, ctx, joining.personId, joining.phone);
      if (known !== undefined) return { memberId: known, joined: false };
      const inviterId = joining.inviteCode
        ? ((await inviterByCode(tx, ctx, joining.inviteCode)) ?? null)
        : null;
      const memberId = await enrol(tx, ctx, { ...joining, inviterId });
      await giveWelcome(tx, ctx, memberId);
      return { memberId, joined: true };
    });
  } catch (error) {
    // The second click of a double click: the first one made the member.
    if (violatedConstraint(error)) return await join(ctx, joining);
    throw error;
  }
}

async function giveWelcome(tx: Tx, ctx: Context, memberId: bigint): Promise<void> {
  const current = await programmeIn(tx, ctx.business.id, ctx.now);
  if (!current.welcome || current.welcome.points === 0n) return;
  const { points, days } = current.welcome;
  await postGrant(
    {
      businessId: ctx.business.id,
      now: ctx.now,
      operationId: newId(ctx.now),
      memberId,
      key: `welcome:${memberId}`,
      fingerprint: "welcome",
      points,
      kind: "welcome",
      availableAt: ctx.now,
      expiresAt: days === null ? null : expiryAfter(days, ctx.now, ctx.business.zone),
      staffId: null,
      locationId: null,
      programmeVersion: current.version,
      source: "card",
      actor: ctx.actor,
      because: [{ code: "welcome", points: points.toString() }],
    },
    tx,
  );
}
