import "server-only";
/** Personal dates: a reward given by itself some days before a birthday or the day somebody joined, once a year. */
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { withBusiness } from "../../platform/db";
import { reward, rewards } from "../rewards/store";
import { OCCASIONS, type OccasionInput } from "./schema";
import * as store from "./store";

export type Occasion = {
  readonly id: bigint;
  readonly kind: (typeof OCCASIONS)[number];
  readonly rewardId: bigint;
  readonly rewardName: string;
  readonly daysBefore: number;
  readonly validDays: number;
  readonly archivedAt: Date | null;
};

/** All offers for personal dates, those that are on first. */
export async function occasions(ctx: Context): Promise<Occasion[]> {
  require(ctx, "programme:read");
  return await withBusiness(ctx.business.id, async (tx) => {
    const names = new Map((await rewards(tx, ctx.business.id, 500)).map(({ id, name }) => [id, name]));
    const rows = await store.offers(tx, ctx.business.id);
    return rows.map(({ kind, ...row }) => ({
      ...row,
      kind: OCCASIONS.find((each) => each === kind) ?? "birthday",
      rewardName: names.get(row.rewardId) ?? "",
    }));
  });
}

/** Saves an offer for a personal date. Answers its id. Refuses: `not_found`, also for a reward that is gone. */
export async function saveOccasion(ctx: Context, input: OccasionInput): Promise<bigint> {
  require(ctx, "programme:write");
  const id = input.id ?? newId(ctx.now);
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await reward(tx, ctx.business.id, input.rewardId)))
      throw new Refused("not_found", { what: "reward" });
    if (!(await store.save(tx, ctx, input, id))) throw new Refused("not_found");
    await audit(tx, ctx, "occasion.save", { kind: "occasion", id }, { kind: input.kind });
  });
  return id;
}

/** Ends an offer, or goes on with it. Refuses: `not_found`. */
export async function archiveOccasion(ctx: Context, id: bigint, archived: boolean): Promise<void> {
  require(ctx, "programme:write");
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await store.setArchived(tx, ctx.business.id, id, archived ? ctx.now : null)))
      throw new Refused("not_found");
    await audit(tx, ctx, archived ? "occasion.archive" : "occasion.restore", { kind: "occasion", id });
  });
}

/** Gives what personal dates within reach bring; the nightly job's. Answers how many. Time: the business's day. */
export async function giveOccasions(ctx: Context, stopping: () => boolean = () => false): Promise<number> {
  require(ctx, "jobs:run");
  const businessId = ctx.business.id;
  const offers = await withBusiness(businessId, (tx) => store.offers(tx, businessId));
  let given = 0;
  for (const { id, archivedAt } of offers) {
    if (stopping()) return given;
    if (archivedAt === null)
      given += await withBusiness(businessId, (tx) => store.give(tx, businessId, ctx.now, id));
  }
  return given;
}
