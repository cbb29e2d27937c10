import { z } from "zod";
import { parseId } from "../kernel/ids";
import { CHANNELS, type Content, KINDS, PURPOSES } from "../messaging/model";
import { filter, idText, type Predicate, predicate } from "./facts/schema";
import { BRANCHES_MAX, DEPTH_MAX, METRICS, TRIGGERS_MAX, UNITS } from "./limits/model";

const LIST_MAX = 60;

export type { Filter, Predicate } from "./facts/schema";
export { emptyDefinition } from "./limits/model";

const stepId = z.string().regex(/^[a-z0-9]{1,16}$/);
const hour = z.int().min(0).max(23);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const label = z.string().trim().min(1).max(60);
const weekday = z.int().min(1).max(7); // Monday is 1

/** Shape: at most two years; days are calendar days, the clock's hour stays. */
export const duration = z.object({ amount: z.int().min(1).max(1_000_000), unit: z.enum(UNITS) });
export type Duration = z.output<typeof duration>;

/** An event a journey looks for: its type, and what must hold of its properties. */
export const eventMatch = z.object({
  type: z.string().regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/),
  where: z.array(filter).max(10),
});
export type EventMatch = z.output<typeof eventMatch>;

export const audience = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("segment"), segmentId: idText }),
]);
export type Audience = z.output<typeof audience>;

export const schedule = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("now") }),
  z.object({ kind: z.literal("once"), day: z.iso.date(), time }),
  z.object({ kind: z.literal("weekly"), weekdays: z.array(weekday).min(1).max(7), time }),
  z.object({ kind: z.literal("monthly"), dayOfMonth: z.int().min(1).max(31), time }),
]);
export type Schedule = z.output<typeof schedule>;

export const PERSONAL_DATES = ["birthday", "first_purchase"] as const;

/** What makes a member enter. `offsetDays` below zero is before the date. Units: points in hundredths. */
export const trigger = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("event"), match: eventMatch }),
  z.object({ kind: z.literal("segment"), segmentId: idText, on: z.enum(["entered", "left"]) }),
  z.object({
    kind: z.literal("date"),
    date: z.enum(PERSONAL_DATES),
    offsetDays: z.int().min(-60).max(60),
    hour,
  }),
  z.object({
    kind: z.literal("expiring"),
    days: z.int().min(1).max(60),
    hour,
    leastPoints: z.int().min(0).max(1_000_000_000),
  }),
  z.object({ kind: z.literal("schedule"), schedule, audience }),
  z.object({ kind: z.literal("api") }),
]);
export type Trigger = z.output<typeof trigger>;

/** When somebody who was here may enter again; `restart`: a new trigger ends the run under way and begins anew. */
export const reentry = z.object({
  mode: z.enum(["once", "after", "always"]),
  days: z.int().min(1).max(3_650),
  restart: z.boolean(),
});
export type Reentry = z.output<typeof reentry>;

const until = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("duration"), duration }),
  z.object({ kind: z.literal("hour"), hour, weekdays: z.array(weekday).max(7) }),
  z.object({ kind: z.literal("date"), day: z.iso.date(), time }),
  z.object({ kind: z.literal("birthday"), offsetDays: z.int().min(-60).max(60), hour }),
]);
export type Until = z.output<typeof until>;

const words = (max: number) => z.string().max(max);
const wording = z.object({
  title: words(200),
  text: words(4_000),
  button: words(60).optional(),
  url: words(1_000).optional(),
  subject: words(300).optional(),
  mail: words(20_000).optional(),
  sms: words(1_000).optional(),
  fallbacks: z.record(z.string().max(40), words(200)).optional(),
});
/** What a message says, written at its step; the same shape as a template's content. */
export const content = z.object({
  locales: z.partialRecord(z.enum(["en", "ru", "uk"]), wording),
  offers: z
    .array(
      z.object({
        kind: words(40),
        with: z.record(words(40), z.union([words(200), z.number(), z.boolean(), z.null()])),
      }),
    )
    .max(5)
    .optional(),
}) satisfies z.ZodType<Content>;

const id = { id: stepId };
/** How long a gift is good; null: as the programme, the campaign of codes or the reward says. */
const giftDays = z.int().min(1).max(3_650).nullable();
const plainStep = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("wait"), ...id, until }),
  z.object({
    kind: z.literal("message"),
    ...id,
    purpose: z.enum(PURPOSES),
    about: z.enum(KINDS),
    channels: z.array(z.enum(CHANNELS)).min(1).max(CHANNELS.length),
    templateId: idText.nullable(),
    content: content.nullable(),
  }),
  z.object({
    kind: z.literal("points"),
    ...id,
    points: z.int().min(1).max(1_000_000_000),
    days: giftDays,
  }),
  z.object({ kind: z.literal("promo"), ...id, promoId: idText, days: giftDays }),
  z.object({ kind: z.literal("reward"), ...id, rewardId: idText, days: giftDays }),
  z.object({ kind: z.literal("tag"), ...id, tagId: idText, add: z.boolean() }),
  z.object({ kind: z.literal("webhook"), ...id, url: z.url({ protocol: /^https?$/ }).max(500) }),
  z.object({ kind: z.literal("task"), ...id, title: z.string().trim().min(1).max(200) }),
  z.object({
    kind: z.literal("holdout"),
    ...id,
    bps: z.int().min(100).max(9_000),
  }),
  z.object({ kind: z.literal("exit"), ...id }),
]);
export type PlainStep = z.output<typeof plainStep>;

export type Branch = {
  readonly id: string;
  readonly label: string;
  readonly weight: number;
  readonly steps: Step[];
};

/** Only a share tries the branches; the others wait for the winner, for so long at the most. */
export type Trial = { bps: number; duration: Duration };

/** Steps that hold others; after any of their branches the walk goes on below them. */
export type BranchStep =
  | { kind: "await"; id: string; match: EventMatch; timeout: Duration; happened: Step[]; timedOut: Step[] }
  | { kind: "condition"; id: string; when: Predicate; yes: Step[]; no: Step[] }
  | { kind: "split"; id: string; branches: Branch[] }
  | {
      kind: "experiment";
      id: string;
      branches: Branch[];
      metric: (typeof METRICS)[number];
      leastPerArm: number;
      trial: Trial | null;
    };
export type Step = PlainStep | BranchStep;
export type StepKind = Step["kind"];

const steps: z.ZodType<Step[]> = z.lazy(() => z.array(step).max(LIST_MAX));
const branch = z.object({ id: stepId, label, weight: z.int().min(1).max(10_000), steps });
const branches = z.array(branch).min(2).max(BRANCHES_MAX);
const branchStep = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("await"),
    ...id,
    match: eventMatch,
    timeout: duration,
    happened: steps,
    timedOut: steps,
  }),
  z.object({ kind: z.literal("condition"), ...id, when: predicate, yes: steps, no: steps }),
  z.object({ kind: z.literal("split"), ...id, branches }),
  z.object({
    kind: z.literal("experiment"),
    ...id,
    branches,
    metric: z.enum(METRICS),
    leastPerArm: z.int().min(20).max(1_000_000),
    trial: z.object({ bps: z.int().min(100).max(9_900), duration }).nullable(),
  }),
]);
export const step: z.ZodType<Step> = z.union([plainStep, branchStep]);

export const goal = z.object({ match: eventMatch, exits: z.boolean() });

/**
 * A whole journey as it is edited and kept: plain JSON, ids as decimal strings.
 *
 * Units: `controlBps` of those who enter get nothing and are measured; purchases count for `windowDays` after entering.
 */
export const definition = z.object({
  triggers: z.array(trigger).max(TRIGGERS_MAX),
  only: predicate.nullable(),
  reentry,
  goal: goal.nullable(),
  controlBps: z.int().min(0).max(5_000),
  windowDays: z.int().min(1).max(180),
  steps,
});
export type Definition = z.output<typeof definition>;

const PROPERTIES_MAX = 20;
const bigId = z
  .union([z.string(), z.number(), z.bigint()])
  .transform((value) => parseId(value))
  .refine((value) => value !== undefined)
  .transform((value) => value ?? 0n);
/** A call that lets somebody in: who, by id or phone, and what conditions and messages may ask for. */
export const callForm = z
  .object({
    id: bigId,
    memberId: bigId.optional(),
    phone: z.string().trim().min(1).max(30).optional(),
    properties: z
      .record(z.string().regex(/^[a-zA-Z]{1,40}$/), z.union([z.string().max(200), z.number(), z.boolean()]))
      .refine((all) => Object.keys(all).length <= PROPERTIES_MAX)
      .default({}),
  })
  .refine(({ memberId, phone }) => (memberId === undefined) !== (phone === undefined), {
    path: ["memberId"],
  });

/** Refuses a document nested deeper than any journey, before anything recursive looks at it. */
export function isTooDeep(value: unknown, levels = DEPTH_MAX * 4 + 8): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

export const NAME_MAX = 80;
export const journeyName = z.string().trim().min(1).max(NAME_MAX);
