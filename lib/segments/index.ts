import "server-only";
/**
 * Segments: who is in which group.
 *
 * Owns rules, their versions, memberships, and when time will change them. Always true: who is in is who the rule holds for, as
 * of the last news of the member and the last passing of time; deciding everybody anew finds the same.
 */
import { audit, type Context, require } from "../access";
import { Invalid } from "../access/action";
import { newId } from "../kernel/ids";
import { Refused } from "../kernel/refusals";
import { addDays, dayOf } from "../kernel/time";
import { type Tx, withBusiness } from "../platform/db";
import { refuseUsed, type Use, usesOf } from "../platform/uses";
import type { Verdict } from "./decide/model";
import { topicsOf } from "./decide/needs/model";
import { holdSegment } from "./live/store";
import { closesCircle } from "./live/touched";
import type { Segment, SegmentMember, SizeDay } from "./model";
import { why } from "./preview/preview";
import { decideSaved } from "./rebuild/rebuild";
import { isGroup, type Node, segmentsIn } from "./rule/model";
import type { NewSegment, SegmentEdit } from "./schema";
import * as store from "./store";

export { checkDue, decideAgain, SEGMENT_NEWS } from "./live/live";
export { type Preview, preview, why } from "./preview/preview";
export { REBUILD_JOB, rebuildDue, rebuildSegment } from "./rebuild/rebuild";
export type { Choice, Choices } from "./store";

/** As many segments as a business may have in use. */
const SEGMENTS_MAX = 200;
const HISTORY_DAYS = 90;

/**
 * Makes a segment. Answers its id. Who is in it is known when this returns, or, of many members, soon: `counting` says how far it is.
 *
 * Refuses: `name_taken`; `limit_reached` over 200; `invalid` with the path for a rule that asks about an unknown segment;
 * `too_slow` when everybody could not be decided in time.
 */
export async function createSegment(ctx: Context, input: NewSegment): Promise<bigint> {
  require(ctx, "segments:write");
  const id = newId(ctx.now);
  return await withBusiness(ctx.business.id, async (tx) => {
    const save = await checked(tx, ctx, id, input);
    await store.insertSegment(tx, ctx, id, save);
    await audit(tx, ctx, "segment.create", { kind: "segment", id });
    await decideSaved(tx, ctx, id);
    return id;
  });
}

/**
 * Changes a segment's name or rule, as its next version.
 *
 * Refuses: `stale` when it was changed meanwhile; else as `createSegment`, and a rule that comes back to itself over others.
 */
export async function updateSegment(ctx: Context, input: SegmentEdit): Promise<number> {
  require(ctx, "segments:write");
  const { id, version } = input;
  return await withBusiness(ctx.business.id, async (tx) => {
    const save = await checked(tx, ctx, id, input);
    if (!(await store.updateSegment(tx, ctx, id, version, save))) throw new Refused("stale");
    await audit(tx, ctx, "segment.update", { kind: "segment", id }, { version: version + 1 });
    await decideSaved(tx, ctx, id);
    return version + 1;
  });
}

/** What a save must be against the others: a free name, segments that exist, no circle. */
async function checked(tx: Tx, ctx: Context, id: bigint, { name, rule }: NewSegment): Promise<store.Save> {
  await store.lockSaving(tx, ctx.business.id);
  const others = (await store.segments(tx, ctx.business.id)).filter((one) => one.id !== id);
  if (others.length >= SEGMENTS_MAX) throw new Refused("limit_reached", { max: SEGMENTS_MAX });
  if (others.some((one) => one.name.toLowerCase() === name.toLowerCase())) throw new Refused("name_taken");
  const asked = new Map(others.map((one) => [Number(one.id), segmentsIn(one.rule)]));
  for (const { segment, path } of mentions(rule.root, "rule.root")) {
    if (segment !== Number(id) && !asked.has(segment)) throw new Invalid({ [path]: ["unknown_segment"] });
    const alone = new Map([...asked, [Number(id), [segment]]]);
    if (closesCircle(id, alone)) throw new Invalid({ [path]: ["circle"] });
  }
  return { name, rule, topics: topicsOf(rule) };
}

/** Where in a tree other segments are asked about. */
function mentions(node: Node, path: string): { segment: number; path: string }[] {
  if (isGroup(node)) return node.nodes.flatMap((one, index) => mentions(one, `${path}.nodes.${index}`));
  return node.kind === "segment" ? [{ segment: node.segment, path: `${path}.segment` }] : [];
}

/** Takes a segment out of use; its history stays. Refuses: `in_use` with where it is asked about; `not_found`. */
export async function archiveSegment(ctx: Context, id: bigint): Promise<void> {
  require(ctx, "segments:write");
  await withBusiness(ctx.business.id, async (tx) => {
    await store.lockSaving(tx, ctx.business.id);
    const segment = await store.segment(tx, ctx.business.id, id);
    if (!segment || segment.archivedAt !== null) throw new Refused("not_found");
    await holdSegment(tx, id);
    await refuseUsed(tx, { businessId: ctx.business.id, now: ctx.now, kind: "segment" }, [id]);
    await store.archive(tx, ctx, id);
    await audit(tx, ctx, "segment.archive", { kind: "segment", id });
  });
}

export type ListedSegment = Segment & {
  readonly uses: readonly Use[];
  readonly days: readonly SizeDay[];
};

/** All segments in use with where they are used and their last 90 days. */
export async function listSegments(ctx: Context): Promise<ListedSegment[]> {
  require(ctx, "members:read");
  const { id: businessId, zone } = ctx.business;
  return await withBusiness(businessId, async (tx) => {
    const all = await store.segments(tx, businessId);
    const since = addDays(dayOf(ctx.now, zone), -HISTORY_DAYS);
    const days = Map.groupBy(
      await store.sizes(
        tx,
        businessId,
        all.map(({ id }) => id),
        since,
      ),
      (one) => one.segmentId,
    );
    const ids = all.map(({ id }) => id);
    const uses = await usesOf(tx, businessId, ctx.now, "segment", ids);
    return all.map((segment) => ({
      ...segment,
      days: days.get(segment.id) ?? [],
      uses: uses.get(segment.id.toString()) ?? [],
    }));
  });
}

/** Whether who is in a segment is still being found out, by a rule that was just saved. */
export async function isCounting(tx: Tx, businessId: bigint, id: bigint): Promise<boolean> {
  return Boolean((await store.segment(tx, businessId, id))?.counting);
}

/** One segment with where it is used and its last 90 days; nothing when it is not there or out of use. */
export async function segmentById(ctx: Context, id: bigint): Promise<ListedSegment | undefined> {
  require(ctx, "members:read");
  const { id: businessId, zone } = ctx.business;
  return await withBusiness(businessId, async (tx) => {
    const segment = await store.segment(tx, businessId, id);
    if (!segment || segment.archivedAt !== null) return undefined;
    const since = addDays(dayOf(ctx.now, zone), -HISTORY_DAYS);
    return {
      ...segment,
      uses: (await usesOf(tx, businessId, ctx.now, "segment", [id])).get(id.toString()) ?? [],
      days: await store.sizes(tx, businessId, [id], since),
    };
  });
}

export type WhyIn = { readonly isIn: boolean; readonly verdicts: readonly Verdict[] };

/** Why a member is in a segment or not, node by node. Refuses: `not_found`. */
export async function whyIn(ctx: Context, id: bigint, memberId: bigint): Promise<WhyIn> {
  require(ctx, "members:read");
  const segment = await withBusiness(ctx.business.id, (tx) => store.segment(tx, ctx.business.id, id));
  if (!segment) throw new Refused("not_found");
  const verdicts = await why(ctx, segment.rule, memberId);
  return { isIn: verdicts[0]?.holds ?? false, verdicts };
}

export type SegmentPage = { readonly rows: readonly SegmentMember[]; readonly cursor: string | null };

/** A page of who is in a segment, newest members first. */
export async function segmentMembers(
  ctx: Context,
  id: bigint,
  page: { readonly before: bigint | null; readonly limit: number },
): Promise<SegmentPage> {
  require(ctx, "members:read");
  const rows = await withBusiness(ctx.business.id, (tx) => store.members(tx, ctx.business.id, id, page));
  const last = rows.at(-1);
  return { rows, cursor: rows.length === page.limit && last ? last.id.toString() : null };
}

/** The segments a member is in, with since when. */
export async function segmentsOf(
  ctx: Context,
  memberId: bigint,
): Promise<{ id: bigint; name: string; enteredAt: Date }[]> {
  require(ctx, "members:read");
  return await withBusiness(ctx.business.id, (tx) => store.segmentsOf(tx, ctx.business.id, memberId));
}

/** What the business's tags, items, places and people are called, for the builder and for sentences. */
export async function segmentChoices(ctx: Context): Promise<store.Choices> {
  require(ctx, "members:read");
  return await withBusiness(ctx.business.id, (tx) => store.choices(tx, ctx.business.id));
}
