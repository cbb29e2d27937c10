import type { Context } from "@/lib/access";
import { programme } from "@/lib/program";
import { listSegments, segmentChoices } from "@/lib/segments";
import type { Lists } from "./words";

/** Everything a rule can name, as this business calls it. `without`: the segment being built, which cannot ask about itself. */
export async function listsFor(ctx: Context, without?: bigint): Promise<Lists> {
  const [own, current, segments] = await Promise.all([
    segmentChoices(ctx),
    programme(ctx),
    listSegments(ctx),
  ]);
  return {
    ...own,
    tier: [current.base, ...current.tiers].map(({ id, name }) => ({ value: id, name })),
    segment: segments.filter(({ id }) => id !== without).map(({ id, name }) => ({ value: Number(id), name })),
  };
}
