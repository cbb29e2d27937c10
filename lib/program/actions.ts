"use server";
import { z } from "zod";
import { action } from "../access";
import { startOfDay } from "../kernel/time";
import { endGivenTier, giveTier } from "../tiers";
import { giveTierInput } from "../tiers/schema";
import * as program from "./index";
import {
  archiveOccasion,
  archivePromo,
  archiveReward,
  archiveStampProgramme,
  attachCertificate,
  confirmHold,
  giveReward,
  holdEntitlement,
  makeCodes,
  programme,
  saveOccasion,
  savePromo,
  saveReward,
  saveStampProgramme,
  sellCertificate,
  undoUse,
  withdrawCertificate,
  withdrawEntitlement,
} from "./index";
import {
  bulkInput,
  certificateInput,
  occasionInput,
  programmeSettings,
  promoInput,
  rewardInput,
  stampInput,
  writtenRule,
} from "./schema";

const basedOn = z.int().min(0);
const ruleId = z.bigint();
/** A day to come, from whose start a change holds; null: at once. */
const from = z.iso.date().nullable();

/** What a draft would do, before it is saved. */
export const previewProgramme = action(z.object({ settings: programmeSettings }), async (ctx, { settings }) =>
  program.effectOf(ctx, settings),
);

/** Puts a draft in force, unless somebody saved since `basedOn`. */
export const saveSettings = action(
  z.object({ basedOn, settings: programmeSettings }),
  async (ctx, { basedOn: version, settings }) => program.saveProgramme(ctx, version, settings),
);

/** What is wrong or looks wrong with a rule before it is saved. */
export const checkRule = action(z.object({ id: ruleId.nullable(), body: writtenRule }), (ctx, { id, body }) =>
  program.checkRule(ctx, id, body),
);

/** Saves a rule, from now or from the start of a day. */
export const saveRule = action(
  z.object({ basedOn, id: ruleId.nullable(), body: writtenRule, from }),
  async (ctx, { basedOn: version, id, body, from: day }) =>
    program.saveRule(ctx, version, id, body, day === null ? null : startOfDay(day, ctx.business.zone)),
);

/** Takes a rule out. */
export const archiveRule = action(z.object({ basedOn, id: ruleId }), (ctx, { basedOn: version, id }) =>
  program.archiveRule(ctx, version, id),
);

/** Takes back a change that has not come into force. */
export const cancelChange = action(z.object({ version: z.int().min(1) }), (ctx, { version }) =>
  program.cancelScheduled(ctx, version),
);

/** Makes the programme say again what an older version said. */
export const undoChange = action(
  z.object({ basedOn, version: z.int().min(1) }),
  (ctx, { basedOn: current, version }) => program.undoTo(ctx, current, version),
);

const archived = z.object({ id: z.bigint(), archived: z.boolean() });

/** Saves a reward of the catalogue. */
export const keepReward = action(rewardInput, async (ctx, input) => saveReward(ctx, input));

/** Takes a reward off the catalogue, or puts it back. */
export const putRewardAway = action(archived, async (ctx, input) =>
  archiveReward(ctx, input.id, input.archived),
);

/** Saves a stamp programme. */
export const keepStamps = action(stampInput, async (ctx, input) => saveStampProgramme(ctx, input));

/** Ends a stamp programme, or goes on with it. */
export const putStampsAway = action(archived, async (ctx, input) =>
  archiveStampProgramme(ctx, input.id, input.archived),
);

/** Saves a campaign of promo codes. */
export const keepPromo = action(promoInput, async (ctx, input) => savePromo(ctx, input));

/** Ends a campaign of promo codes, or goes on with it. */
export const putPromoAway = action(archived, async (ctx, input) =>
  archivePromo(ctx, input.id, input.archived),
);

/** Makes unique codes. */
export const makePromoCodes = action(bulkInput, async (ctx, { promoId, count }) =>
  makeCodes(ctx, promoId, count),
);

/** Saves an offer for a personal date. */
export const keepOccasion = action(occasionInput, async (ctx, input) => saveOccasion(ctx, input));

/** Ends an offer for a personal date, or goes on with it. */
export const putOccasionAway = action(archived, async (ctx, input) =>
  archiveOccasion(ctx, input.id, input.archived),
);

/** Sells a gift certificate. */
export const sellGiftCertificate = action(certificateInput, async (ctx, input, { idempotencyKey }) =>
  sellCertificate(ctx, input, idempotencyKey ?? null),
);

/** Ends a certificate; the money on it is given back by hand. */
export const endCertificate = action(z.object({ id: z.bigint() }), async (ctx, { id }) =>
  withdrawCertificate(ctx, id),
);

/** Puts a certificate on a member's card. */
export const showCertificateOn = action(
  z.object({ memberId: z.bigint(), code: z.string().max(60) }),
  async (ctx, { memberId, code }) => attachCertificate(ctx, memberId, code).then(({ id }) => id),
);

/** Gives a member a reward for nothing. */
export const giveMemberReward = action(
  z.object({
    memberId: z.bigint(),
    rewardId: z.bigint(),
    validDays: z.int().min(0).max(3_650).nullable(),
    comment: z.string().trim().max(200).nullable(),
  }),
  async (ctx, input, { idempotencyKey }) =>
    giveReward(ctx, { ...input, key: idempotencyKey ?? null }).then(({ id }) => id),
);

/** Takes back what is left of something a member holds. */
export const takeEntitlementBack = action(z.object({ id: z.bigint() }), async (ctx, { id }) =>
  withdrawEntitlement(ctx, id),
);

/** Counts one use by hand, as a desk without a bill does. */
export const countUse = action(z.object({ id: z.bigint() }), async (ctx, { id }, { idempotencyKey }) => {
  const own = { staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null, locationId: null };
  const hold = await holdEntitlement(ctx, { entitlementId: id, key: idempotencyKey ?? null, ...own });
  await confirmHold(ctx, hold.id);
});

/** Takes the last use by hand back. */
export const undoEntitlementUse = action(z.object({ id: z.bigint() }), async (ctx, { id }) =>
  undoUse(ctx, id),
);

/** Puts a member on a tier by hand until the end of a day. */
export const giveTierByHand = action(giveTierInput, async (ctx, input) =>
  giveTier(ctx, await programme(ctx), input),
);

/** Ends a tier given by hand now. */
export const endTierNow = action(z.object({ memberId: z.bigint() }), async (ctx, { memberId }) =>
  endGivenTier(ctx, await programme(ctx), memberId),
);
