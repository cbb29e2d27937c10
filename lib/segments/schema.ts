import { z } from "zod";
import { ruleSchema } from "./rule/schema";

export { ruleSchema } from "./rule/schema";

const name = z.string().trim().min(1).max(80);

export const newSegment = z.object({ name, rule: ruleSchema });
export type NewSegment = z.output<typeof newSegment>;

/** `version`: the one the change was made from. */
export const segmentEdit = z.object({ id: z.bigint(), version: z.int().min(1), name, rule: ruleSchema });
export type SegmentEdit = z.output<typeof segmentEdit>;

export const segmentRef = z.object({ id: z.bigint() });
export const previewInput = z.object({ rule: ruleSchema });

/** `id`: a segment, or null for a rule not saved yet. */
export const whyInput = z.object({ rule: ruleSchema, memberId: z.coerce.bigint() });
