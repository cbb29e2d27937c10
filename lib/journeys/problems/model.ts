/** What is wrong with a journey, and where: errors forbid going live, warnings are said. */
import { dayOf } from "../../kernel/time";
import { type Content, lint, type Problem as WordProblem } from "../../messaging/model";
import { instantAt, minuteOf } from "../calendar/model";
import { EVENTS } from "../facts/model";
import type { Filter, Predicate } from "../facts/schema";
import { DEPTH_MAX, STEPS_MAX } from "../limits/model";
import type { Definition, EventMatch, Step, StepKind, Trigger } from "../schema";
import { allSteps, branchesOf } from "../walk/model";

export type Problem = {
  readonly code: ProblemCode;
  /** The step it is at; nothing for the journey's head. */
  readonly step: string | null;
  readonly isError: boolean;
  readonly value?: string;
};
export type ProblemCode =
  | "no_trigger"
  | "no_steps"
  | "too_many_steps"
  | "too_deep"
  | "step_repeated"
  | "step_unavailable"
  | "event_unknown"
  | "property_unknown"
  | "loops"
  | "wait_in_past"
  | "schedule_in_past"
  | "never_reached"
  | "segment_gone"
  | "template_gone"
  | "message_empty"
  | "tag_gone"
  | "item_gone"
  | "choose_category"
  | "tier_gone"
  | "promo_gone"
  | "reward_gone"
  | "message_step_gone"
  | "webhook_address"
  | "empty_branch"
  | "no_control"
  | "does_nothing"
  | `words_${WordProblem["code"]}`;

/** What the business has, as ids; a journey that names something else does not go live. */
export type Known = {
  readonly segments: readonly string[];
  readonly templates: readonly string[];
  readonly tags: readonly string[];
  readonly items: readonly string[];
  readonly tiers: readonly string[];
  readonly promos: readonly string[];
  readonly rewards: readonly string[];
  readonly steps: readonly StepKind[];
  /** Whether a webhook may go to this address. */
  readonly mayCall: (url: string) => boolean;
};

/** Every problem of a journey, the head's first, then in the order of the steps. */
export function problemsOf(definition: Definition, known: Known, now: Date, zone: string): Problem[] {
  const problems: Problem[] = [];
  const complain = (code: ProblemCode, step: string | null, isError = true, value?: string) =>
    problems.push({ code, step, isError, ...(value === undefined ? {} : { value }) });
  head(definition, known, now, zone, complain);
  const steps = allSteps(definition.steps);
  if (steps.length > STEPS_MAX) complain("too_many_steps", null);
  if (depth(definition.steps) > DEPTH_MAX) complain("too_deep", null);
  const seen = new Set<string>();
  for (const step of steps) {
    if (seen.has(step.id)) complain("step_repeated", step.id);
    seen.add(step.id);
    atStep(step, definition, { known, now, zone, complain });
  }
  unreachable(definition.steps, complain);
  inWords(definition.steps, [], complain);
  return problems;
}

type Complain = (code: ProblemCode, step: string | null, isError?: boolean, value?: string) => void;

function head(definition: Definition, known: Known, now: Date, zone: string, complain: Complain): void {
  if (definition.triggers.length === 0) complain("no_trigger", null);
  if (definition.steps.length === 0) complain("no_steps", null);
  else if (!allSteps(definition.steps).some((step) => ACTS.includes(step.kind)))
    complain("does_nothing", null, false);
  for (const trigger of definition.triggers) atTrigger(trigger, known, now, zone, complain);
  if (definition.only) inPredicate(definition.only, null, definition, known, complain);
  if (definition.goal) inMatch(definition.goal.match, null, known, complain);
  if (definition.controlBps === 0) complain("no_control", null, false);
  const echo = echoes(definition);
  if (echo) complain("loops", echo);
}

const ACTS: readonly StepKind[] = ["message", "points", "promo", "reward", "tag", "webhook", "task"];

function atTrigger(trigger: Trigger, known: Known, now: Date, zone: string, complain: Complain): void {
  if (trigger.kind === "event") inMatch(trigger.match, null, known, complain);
  if (trigger.kind === "segment" && !known.segments.includes(trigger.segmentId))
    complain("segment_gone", null);
  if (trigger.kind !== "schedule") return;
  if (trigger.audience.kind === "segment" && !known.segments.includes(trigger.audience.segmentId))
    complain("segment_gone", null);
  const { schedule } = trigger;
  if (schedule.kind === "once" && instantAt(schedule.day, minuteOf(schedule.time), zone) < now)
    complain("schedule_in_past", null);
}

/** What a step makes happen, as the events it may bring about. */
const CAUSES: Partial<Record<StepKind, readonly string[]>> = {
  points: ["points.granted", "points.available", "points.expired", "tier.changed"],
  reward: ["entitlement.given"],
  tag: ["segment.entered", "segment.left"],
  message: ["message.sent", "message.delivered", "message.opened", "message.clicked"],
};

/**
 * The step that would start the same journey again, if any. Who may enter once only, or again after days only, cannot storm.
 */
function echoes(definition: Definition): string | undefined {
  if (definition.reentry.mode !== "always") return undefined;
  const starts = new Set(
    definition.triggers.flatMap((trigger) => {
      if (trigger.kind === "event") return [trigger.match.type];
      return trigger.kind === "segment" ? [`segment.${trigger.on}`] : [];
    }),
  );
  return allSteps(definition.steps).find((step) => CAUSES[step.kind]?.some((type) => starts.has(type)))?.id;
}

type Place = { known: Known; now: Date; zone: string; complain: Complain };

function atStep(step: Step, definition: Definition, { known, now, zone, complain }: Place): void {
  if (!known.steps.includes(step.kind)) complain("step_unavailable", step.id, true, step.kind);
  const gone = missing(step, known);
  if (gone) complain(gone, step.id);
  if (step.kind === "wait" && step.until.kind === "date") {
    const over = instantAt(step.until.day, minuteOf(step.until.time), zone) < now;
    if (over) complain("wait_in_past", step.id, true, dayOf(now, zone));
  }
  if (step.kind === "webhook" && !known.mayCall(step.url)) complain("webhook_address", step.id);
  if (step.kind === "await") inMatch(step.match, step.id, known, complain);
  if (step.kind === "condition") inPredicate(step.when, step.id, definition, known, complain);
  const branches = branchesOf(step);
  if (branches.length > 0 && branches.every(([, inner]) => inner.length === 0))
    complain("empty_branch", step.id, false);
}

function missing(step: Step, known: Known): ProblemCode | undefined {
  if (step.kind === "message") {
    if (step.templateId !== null)
      return known.templates.includes(step.templateId) ? undefined : "template_gone";
    const said = Object.values(step.content?.locales ?? {}).some(
      (words) => words?.title.trim() && words.text.trim(),
    );
    return said ? undefined : "message_empty";
  }
  if (step.kind === "tag" && !known.tags.includes(step.tagId)) return "tag_gone";
  if (step.kind === "promo" && !known.promos.includes(step.promoId)) return "promo_gone";
  if (step.kind === "reward" && !known.rewards.includes(step.rewardId)) return "reward_gone";
  return undefined;
}

function inMatch(match: EventMatch, step: string | null, known: Known, complain: Complain): void {
  if (!EVENTS.some((event) => event.type === match.type)) complain("event_unknown", step, true, match.type);
  for (const filter of match.where) inFilter(match.type, filter, step, known, complain);
}

function inFilter(type: string, filter: Filter, step: string | null, known: Known, complain: Complain): void {
  const kind = EVENTS.find((event) => event.type === type)?.properties[filter.property];
  if (kind === undefined) complain("property_unknown", step, true, filter.property);
  if (kind === "category" && String(filter.value).trim() === "") complain("choose_category", step);
  if (kind === "item" && !known.items.includes(String(filter.value))) complain("item_gone", step);
  if (kind === "tier" && !known.tiers.includes(String(filter.value))) complain("tier_gone", step);
}

function inPredicate(
  predicate: Predicate,
  step: string | null,
  definition: Definition,
  known: Known,
  complain: Complain,
): void {
  if ("of" in predicate) {
    for (const one of predicate.of) inPredicate(one, step, definition, known, complain);
  } else if (predicate.kind === "segment") {
    if (!known.segments.includes(predicate.segmentId)) complain("segment_gone", step);
  } else if (predicate.kind === "tag") {
    if (!known.tags.includes(predicate.tagId)) complain("tag_gone", step);
  } else if (predicate.kind === "tier") {
    if (!known.tiers.includes(predicate.tierId)) complain("tier_gone", step);
  } else if (predicate.kind === "message") {
    const named = allSteps(definition.steps).find((one) => one.id === predicate.step);
    if (named?.kind !== "message") complain("message_step_gone", step);
  }
}

function depth(steps: readonly Step[]): number {
  return steps.reduce((deepest, step) => {
    const inner = branchesOf(step).map(([, each]) => depth(each));
    return Math.max(deepest, 1 + Math.max(0, ...inner));
  }, 0);
}

/** What gifts put into later messages, by the kinds of offers. */
const GIVES: Partial<Record<StepKind, string>> = { points: "points", promo: "promo_code", reward: "reward" };
/** Said by gifts that end on a day. */
const UNTIL = "offerUntil";
/** Fine for a business that speaks one language, and a matter of taste. */
const LET_PASS: readonly WordProblem["code"][] = [
  "required",
  "language_missing",
  "unused_offer",
  "text_long",
  "subject_long",
];

/** What is wrong with messages' own words. Answers the kinds of gifts given so far, on any branch. */
function inWords(steps: readonly Step[], before: readonly string[], complain: Complain): readonly string[] {
  let given = before;
  for (const step of steps) {
    const gives = GIVES[step.kind];
    if (gives) given = [...given, gives, ...("days" in step && step.days !== null ? [UNTIL] : [])];
    if (step.kind === "message" && step.templateId === null && step.content)
      for (const { code, level, detail } of wordProblems(step.content, given))
        complain(`words_${code}`, step.id, level === "error", detail);
    const inner = branchesOf(step).map(([, branch]) => inWords(branch, given, complain));
    given = [...given, ...inner.flat()];
  }
  return given;
}

function wordProblems(content: Content, given: readonly string[]): WordProblem[] {
  const offers = [...(content.offers ?? []), ...[...new Set(given)].map((kind) => ({ kind, with: {} }))];
  const all = lint({ ...content, offers }).filter(
    ({ code, detail }) => !LET_PASS.includes(code) && !(detail === UNTIL && given.includes(UNTIL)),
  );
  return [...new Map(all.map((one) => [`${one.code} ${one.detail}`, one])).values()];
}

/** Steps below one that nobody leaves. Answers whether the list itself lets anybody through. */
function unreachable(steps: readonly Step[], complain: Complain): boolean {
  let open = true;
  for (const step of steps) {
    if (!open) {
      complain("never_reached", step.id, false);
      return false;
    }
    const branches = branchesOf(step);
    if (step.kind === "exit") open = false;
    else if (branches.length > 0)
      open = branches.map(([, inner]) => unreachable(inner, complain)).some(Boolean);
  }
  return open;
}
