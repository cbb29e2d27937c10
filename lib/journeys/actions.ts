"use server";
import { z } from "zod";
import { action } from "../access";
import { Invalid } from "../access/action";
import * as journeys from "./index";
import { READY, readyMade } from "./ready/model";
import { audience, type Definition, definition, emptyDefinition, isTooDeep, journeyName } from "./schema";

const id = z.bigint();

/** A definition from the browser; one nested without end is refused before it is read. */
const drawn = z.unknown().transform((value, check): Definition => {
  const parsed = isTooDeep(value) ? undefined : definition.safeParse(value);
  if (parsed?.success) return parsed.data;
  const [issue] = parsed?.error.issues ?? [];
  check.addIssue({ code: "custom", message: "other", path: issue?.path.slice(0, 8).map(String) ?? [] });
  return z.NEVER;
});

/** Makes a draft, from a ready-made journey or empty; a campaign begins with everybody, at once. Answers its id. */
export const makeJourney = action(
  z.object({ kind: z.enum(["journey", "campaign"]), name: journeyName, preset: z.enum(READY).nullable() }),
  (ctx, { kind, name, preset }) => {
    const empty: Definition = { ...emptyDefinition, steps: [] };
    const campaign: Definition = {
      ...empty,
      triggers: [{ kind: "schedule", schedule: { kind: "now" }, audience: { kind: "all" } }],
    };
    const start = preset === null ? (kind === "campaign" ? campaign : empty) : readyMade(preset);
    return journeys.createJourney(ctx, { kind, name, preset, definition: start });
  },
);

/** Keeps a draft and answers what is wrong with it. */
export const saveJourney = action(
  z.object({ id, revision: z.int(), name: journeyName, definition: drawn }),
  journeys.saveDraft,
);

/** Puts a draft in force. */
export const startJourney = action(z.object({ id, revision: z.int(), moves: z.boolean() }), journeys.goLive);

/** Pauses, resumes, drains or stops. */
export const turnJourney = action(
  z.object({ id, what: z.enum(["pause", "resume", "drain", "stop"]) }),
  async (ctx, input) => journeys.turn(ctx, input.id, input.what),
);

/** Drops a draft. */
export const dropJourney = action(z.object({ id }), async (ctx, input) => journeys.dropDraft(ctx, input.id));

/** How many members an audience has, and how many of them a message can reach by which channel. */
export const estimateAudience = action(z.object({ audience }), (ctx, input) =>
  journeys.estimate(ctx, input.audience),
);

/** Walks a member through a draft on a simulated clock. */
export const rehearseJourney = action(
  z.object({
    journeyId: id,
    definition: drawn,
    memberId: id,
    days: z.int().min(0).max(400),
    buysAfterDays: z.int().min(0).max(400).nullable(),
  }),
  (ctx, { days, buysAfterDays, ...asked }) => {
    const at = (count: number) => new Date(ctx.now.getTime() + count * 86_400_000);
    if (asked.memberId <= 0n) throw new Invalid({ memberId: ["other"] });
    const buys = { type: "purchase.recorded", properties: { totalMinor: 10_000 } };
    const happenings = buysAfterDays === null ? [] : [{ ...buys, at: at(buysAfterDays) }];
    return journeys.rehearse(ctx, { ...asked, trigger: {}, happenings, until: at(days) });
  },
);

/** Ticks off what the staff was asked to do. */
export const finishTask = action(z.object({ id }), async (ctx, input) => journeys.finishTask(ctx, input.id));
