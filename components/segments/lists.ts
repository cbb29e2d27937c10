import type { Context } from "@/lib/access";
import { customFields } from "@/lib/members";
import { customKey } from "@/lib/members/model";
import { programme } from "@/lib/program";
import { listSegments, segmentChoices } from "@/lib/segments";
import { ownFieldId } from "@/lib/segments/model";
import type { Lists } from "./words";

/** Everything a rule can name, as this business calls it. `without`: the segment being built, which cannot ask about itself. */
export async function listsFor(ctx: Context, without?: bigint): Promise<Lists> {
  const [choices, current, segments, fields] = await Promise.all([
    segmentChoices(ctx),
    programme(ctx),
    listSegments(ctx),
    customFields(ctx),
  ]);
  return {
    ...choices,
    own: fields.map((field) => ({
      id: ownFieldId(customKey(field)),
      name: field.name,
      options: field.options,
      isAway: field.archivedAt !== null,
    })),
    tier: [current.base, ...current.tiers].map(({ id, name }) => ({ value: id, name })),
    segment: segments.filter(({ id }) => id !== without).map(({ id, name }) => ({ value: Number(id), name })),
  };
}
