import "server-only";
import { type Context, may, type Permission, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { type Tx, withBusiness } from "../../platform/db";
import { lines, operations } from "../../sales";
import {
  type Details,
  type Entry,
  placeOf,
  placeText,
  type Source,
  TIMELINE_KINDS,
  type TimelineKind,
} from "./model";
import * as store from "./store";

const KIND_SOURCES: Readonly<Record<TimelineKind, readonly Source[]>> = {
  visits: ["operation"],
  points: ["operation", "expired"],
  rewards: ["reward", "use", "certificate"],
  messages: ["message"],
  notes: ["note"],
  tiers: ["tier"],
  segments: ["segment", "segment_left"],
  journeys: ["journey"],
  friends: ["friend_joined", "friend_bought"],
  consents: ["consent"],
  changes: ["joined", "change"],
};
const OPERATIONS = { visits: ["purchase", "refund"], points: ["grant"] } as const;

/** What needs a right of its own besides seeing members. */
const RIGHTS: Readonly<Partial<Record<Source, Permission>>> = {
  operation: "sales:read",
  change: "audit:read",
  message: "messages:read",
  journey: "journeys:read",
};
const mayRead = (ctx: Context, source: Source) => {
  const right = RIGHTS[source];
  return right === undefined || may(ctx.actor, right);
};

/** The kinds this reader may narrow a timeline to. */
export const timelineKinds = (ctx: Context): TimelineKind[] =>
  TIMELINE_KINDS.filter((kind) => KIND_SOURCES[kind].some((source) => mayRead(ctx, source)));

export const TIMELINE_PAGE_MAX = 100;

/**
 * One page of everything that happened to a member, newest first.
 *
 * Shape: no `kinds` means all that the reader may see; `next` is the place the following page begins after, null on the last.
 * Refuses: `invalid` for a place that is none.
 */
export async function memberTimeline(
  ctx: Context,
  query: {
    readonly memberId: bigint;
    readonly kinds?: readonly TimelineKind[];
    readonly after?: string | null;
    readonly limit?: number;
  },
): Promise<{ entries: Entry[]; next: string | null }> {
  require(ctx, "members:read");
  const place = placeOf(query.after ?? null);
  if (place === undefined) throw new Refused("invalid", { field: "after" });
  const limit = Math.max(1, Math.min(query.limit ?? 30, TIMELINE_PAGE_MAX));
  const kinds = query.kinds?.length ? query.kinds : TIMELINE_KINDS;
  const sources = [...new Set(kinds.flatMap((kind) => KIND_SOURCES[kind]))].filter((one) =>
    mayRead(ctx, one),
  );
  const asked = {
    memberId: query.memberId,
    sources,
    operations: [
      ...(kinds.includes("visits") ? OPERATIONS.visits : []),
      ...(kinds.includes("points") ? OPERATIONS.points : []),
    ],
    place,
    limit: limit + 1,
  };
  const { id } = ctx.business;
  const { rows, isMore, under } = await withBusiness(id, async (tx) => {
    const found = await store.stream(tx, id, asked);
    const page = found.slice(0, limit);
    return { rows: page, isMore: found.length > limit, under: await beneath(tx, id, page) };
  });
  const last = rows.at(-1);
  return {
    entries: await whole(ctx, query.memberId, rows, under),
    next: isMore && last ? placeText(last) : null,
  };
}

const idsOf = (rows: readonly store.Row[], source: Source) =>
  rows.filter((row) => row.source === source).map((row) => row.id);

/** Reactions, steps and stamps of a page, each in one question. */
async function beneath(tx: Tx, businessId: bigint, rows: readonly store.Row[]) {
  return {
    reactions: await store.reactions(tx, businessId, idsOf(rows, "message")),
    steps: await store.stepsDone(tx, businessId, idsOf(rows, "journey")),
    stamps: await store.stamped(tx, businessId, idsOf(rows, "operation")),
  };
}

/** The rows with what belongs to them, operations with their bills. */
async function whole(
  ctx: Context,
  memberId: bigint,
  rows: readonly store.Row[],
  under: Awaited<ReturnType<typeof beneath>>,
): Promise<Entry[]> {
  const bills = idsOf(rows, "operation");
  const [done, sold] =
    bills.length === 0
      ? [[], new Map<bigint, never[]>()]
      : await Promise.all([
          operations(ctx, { memberId, ids: bills, limit: TIMELINE_PAGE_MAX }),
          lines(ctx, bills),
        ]);
  const operationOf = new Map(done.map((one) => [one.id, one]));
  return rows.flatMap((row): Entry[] => {
    const head = { id: row.id, at: row.at, staffId: row.staff_id, staffName: row.staff_name };
    if (row.source === "operation") {
      const operation = operationOf.get(row.id);
      if (!operation) return [];
      const stamps = under.stamps.get(row.id) ?? [];
      return [{ ...head, source: "operation", operation, lines: sold.get(row.id) ?? [], stamps }];
    }
    if (row.source === "message") {
      const detail = row.d as Details["message"];
      return [{ ...head, source: "message", ...detail, reactions: under.reactions.get(row.id) ?? [] }];
    }
    if (row.source === "journey") {
      const detail = row.d as Details["journey"];
      return [{ ...head, source: "journey", ...detail, steps: under.steps.get(row.id) ?? [] }];
    }
    return [{ ...head, source: row.source, ...row.d } as Entry];
  });
}
