import "server-only";
/** Campaigns of promo codes, as the office keeps them. Using a code is `redeemPromo`. */
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { addDays, startOfDay } from "../../kernel/time";
import { randomText } from "../../platform/crypto";
import { withBusiness } from "../../platform/db";
import { reward } from "../rewards/store";
import { BULK_MAX, CODE_ALPHABET, type Promo, UNIQUE_CODE_LENGTH } from "./model";
import type { PromoInput } from "./schema";
import * as store from "./store";

const PROMOS_MAX = 500;
const CODES_MAX = 200_000;
const PAGE = 5_000;

export type PromoFigures = Promo & {
  /** The code of a shared campaign. */
  readonly code: string | null;
  readonly codes: number;
};
export type PromoCode = store.StoredCode;

/** All campaigns, the latest first, with their codes' figures. */
export async function promos(ctx: Context): Promise<PromoFigures[]> {
  require(ctx, "programme:read");
  return await withBusiness(ctx.business.id, async (tx) => {
    const all = await store.promos(tx, ctx.business.id, PROMOS_MAX);
    const figures = await store.codeFigures(tx, ctx.business.id);
    return all.map((each) => {
      const own = figures.get(each.id);
      return { ...each, code: each.kind === "shared" ? (own?.code ?? null) : null, codes: own?.count ?? 0 };
    });
  });
}

/**
 * Saves a campaign; a shared one takes its code with it. Answers its id.
 *
 * Refuses: `not_found`, `name_taken` for a code another campaign has, `invalid` for a limit below what was used.
 */
export async function savePromo(ctx: Context, input: PromoInput): Promise<bigint> {
  require(ctx, "programme:write");
  const { zone, id: businessId } = ctx.business;
  const { startsOn, endsOn, code, ...plain } = input;
  const id = input.id ?? newId(ctx.now);
  const saved = {
    ...plain,
    id,
    startsAt: startsOn === null ? null : startOfDay(startsOn, zone),
    endsAt: endsOn === null ? null : startOfDay(addDays(endsOn, 1), zone),
  };
  await withBusiness(businessId, async (tx) => {
    if (input.brings.kind === "reward" && !(await reward(tx, businessId, input.brings.rewardId)))
      throw new Refused("not_found", { what: "reward" });
    const before = input.id === null ? undefined : await store.promo(tx, businessId, id);
    if (before && input.limitTotal !== null && input.limitTotal < before.used)
      throw new Refused("invalid", { field: "limitTotal" });
    if (!(await store.save(tx, ctx, saved, input.id === null))) throw new Refused("not_found");
    if (input.id === null && input.kind === "shared" && code !== null)
      if ((await store.insertCodes(tx, ctx, id, [code])) === 0)
        throw new Refused("name_taken", { field: "code" });
    await audit(tx, ctx, "promo.save", { kind: "promo", id }, { name: input.name });
  });
  return id;
}

/** Ends a campaign, or goes on with it. Refuses: `not_found`. */
export async function archivePromo(ctx: Context, id: bigint, archived: boolean): Promise<void> {
  require(ctx, "programme:write");
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await store.setArchived(tx, ctx.business.id, id, archived ? ctx.now : null)))
      throw new Refused("not_found");
    await audit(tx, ctx, archived ? "promo.archive" : "promo.restore", { kind: "promo", id });
  });
}

/**
 * Makes unique codes for a campaign, random enough not to be guessed. Answers how many it has now.
 *
 * Shape: at most 10,000 at once, 200,000 in all. Refuses: `not_found`, `limit_reached`, `invalid` for a shared campaign.
 */
export async function makeCodes(ctx: Context, promoId: bigint, count: number): Promise<number> {
  require(ctx, "programme:write");
  return await withBusiness(ctx.business.id, async (tx) => {
    const found = await store.promo(tx, ctx.business.id, promoId);
    if (!found) throw new Refused("not_found");
    if (found.kind !== "unique") throw new Refused("invalid", { field: "promoId" });
    const before = (await store.codeFigures(tx, ctx.business.id)).get(promoId)?.count ?? 0;
    const wanted = Math.min(count, BULK_MAX);
    if (before + wanted > CODES_MAX) throw new Refused("limit_reached");
    // Two that fall on the same code are one in billions; the loop is for that one.
    for (let made = 0; made < wanted; ) {
      const codes = Array.from({ length: wanted - made }, () =>
        randomText(UNIQUE_CODE_LENGTH, CODE_ALPHABET),
      );
      made += await store.insertCodes(tx, ctx, promoId, codes);
    }
    await audit(tx, ctx, "promo.codes", { kind: "promo", id: promoId }, { count: wanted });
    return before + wanted;
  });
}

/** A campaign's codes page by page, for a file. Refuses: `not_found`. */
export async function* promoCodes(ctx: Context, promoId: bigint): AsyncGenerator<readonly PromoCode[]> {
  require(ctx, "programme:write");
  const businessId = ctx.business.id;
  const found = await withBusiness(businessId, (tx) => store.promo(tx, businessId, promoId));
  if (!found) throw new Refused("not_found");
  for (let after = ""; ; ) {
    const from = { after, take: PAGE };
    const page = await withBusiness(businessId, (tx) => store.codesOf(tx, businessId, promoId, from));
    yield page;
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    after = last.code;
  }
}
