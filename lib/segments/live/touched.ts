import type { Event } from "../../platform/outbox/model";
import { segmentsIn } from "../rule/model";
import type { Kept } from "../store";

/** Everything about the member is new. */
export const ALL_TOPICS = "all";

/** A purchase may move the tier and what is foretold of the member; a points' grant is an event of its own. */
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  "member.joined": [ALL_TOPICS],
  "member.restored": [ALL_TOPICS],
  "purchase.recorded": ["purchases", "points", "tier", "insight", "household"],
  "purchase.refunded": ["purchases", "points", "tier", "insight", "household"],
  "points.granted": ["points"],
  "points.expired": ["points"],
  "tier.changed": ["tier"],
  "consent.changed": ["consent"],
  "insight.changed": ["insight"],
  "referral.counted": ["referrals"],
  "household.counted": ["household"],
};

/** What an event may have changed about its member. */
export function topicsOfEvent({ type, payload }: Event): readonly string[] {
  if (type === "segment.entered" || type === "segment.left") return [`segment:${String(payload.segmentId)}`];
  const { topics } = payload;
  if (type === "member.changed")
    return Array.isArray(topics) ? topics.filter((topic) => typeof topic === "string") : [ALL_TOPICS];
  return TOPICS[type] ?? [];
}

/** Segments in an order in which each comes after those it asks about. */
export function inOrder<S extends Pick<Kept, "id" | "rule">>(segments: readonly S[]): S[] {
  const byId = new Map(segments.map((one) => [Number(one.id), one]));
  const done = new Set<number>();
  const ordered: S[] = [];
  const visit = (one: S): void => {
    if (done.has(Number(one.id))) return;
    done.add(Number(one.id));
    for (const asked of segmentsIn(one.rule)) {
      const other = byId.get(asked);
      if (other) visit(other);
    }
    ordered.push(one);
  };
  for (const one of segments) visit(one);
  return ordered;
}

/** Whether a segment, its rule being what it is, asks about itself over others. */
export function closesCircle(id: bigint, rules: ReadonlyMap<number, readonly number[]>): boolean {
  const seen = new Set<number>();
  const open = [...(rules.get(Number(id)) ?? [])];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (one === Number(id)) return true;
    if (!seen.has(one)) open.push(...(rules.get(one) ?? []));
    seen.add(one);
  }
  return false;
}
