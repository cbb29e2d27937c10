import { type Context, may } from "@/lib/access";
import { programme } from "@/lib/program";
import { listSegments, segmentChoices } from "@/lib/segments";
import type { Lists } from "./words";

/** Everything a rule can name, as this business calls it. Whoever may not see members sees no groups of them. */
export async function listsFor(ctx: Context): Promise<Lists> {
  const current = await programme(ctx);
  const tier = [current.base, ...current.tiers].map(({ id, name }) => ({ value: id, name }));
  if (!may(ctx.actor, "members:read"))
    return { tier, item: [], category: [], location: [], segment: [], tags: [] };
  const [{ item, category, location, tags }, segments] = await Promise.all([
    segmentChoices(ctx),
    listSegments(ctx),
  ]);
  const segment = segments.map(({ id, name }) => ({ value: Number(id), name }));
  return { tier, item, category, location, tags, segment };
}
