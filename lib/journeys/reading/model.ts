/** Reads a whole journey back as text. The words come from the caller, in the reader's language. */
import type { Filter, Predicate } from "../facts/schema";
import type { Definition, Duration, EventMatch, PlainStep, Schedule, Step, Trigger, Until } from "../schema";

export type Say = (key: string, values?: Record<string, string | number>) => string;
/** Names of what a journey mentions, and how the reader writes amounts and dates. */
export type Reader = {
  readonly say: Say;
  readonly name: (
    kind: "segment" | "template" | "tag" | "item" | "tier" | "promo" | "reward",
    id: string,
  ) => string;
  readonly amount: (hundredths: number) => string;
  readonly day: (day: string) => string;
  /** The language whose words are quoted from a message. */
  readonly locale: string;
};

/** "When somebody joins: send “Welcome”; wait 10 days …" */
export function readJourney(definition: Definition, reader: Reader): string {
  const { say } = reader;
  const triggers = definition.triggers.map((trigger) => readTrigger(trigger, reader));
  const when = triggers.length === 0 ? say("noTrigger") : triggers.join(say("or"));
  const only = definition.only ? say("only", { what: readPredicate(definition.only, reader) }) : "";
  const steps = definition.steps.length === 0 ? say("nothing") : readSteps(definition.steps, reader);
  const goal = definition.goal?.exits ? say("goal", { what: readMatch(definition.goal.match, reader) }) : "";
  const control = definition.controlBps > 0 ? say("control", { percent: definition.controlBps / 100 }) : "";
  return [say("whole", { when: when + only, steps }), goal, control].filter(Boolean).join(" ");
}

const readSteps = (steps: readonly Step[], reader: Reader): string =>
  steps.length === 0
    ? reader.say("nothing")
    : steps.map((step) => readStep(step, reader)).join(reader.say("then"));

export function readTrigger(trigger: Trigger, reader: Reader): string {
  const { say } = reader;
  switch (trigger.kind) {
    case "event":
      return readMatch(trigger.match, reader);
    case "segment":
      return say(`segment.${trigger.on}`, { name: reader.name("segment", trigger.segmentId) });
    case "date":
      return say(`date.${trigger.date}`, {
        days: Math.abs(trigger.offsetDays),
        side: sideOf(trigger.offsetDays),
        hour: clock(trigger.hour),
      });
    case "expiring":
      return say("expiring", { days: trigger.days, points: reader.amount(trigger.leastPoints) });
    case "schedule": {
      const who =
        trigger.audience.kind === "all"
          ? say("everybody")
          : reader.name("segment", trigger.audience.segmentId);
      return say("scheduled", { when: readSchedule(trigger.schedule, reader), who });
    }
    case "api":
      return say("api");
  }
}

const sideOf = (offset: number) => (offset === 0 ? "on" : offset < 0 ? "before" : "after");
const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** "every Tuesday and Friday at 12:00" */
export function readSchedule(schedule: Schedule, { say, day }: Reader): string {
  if (schedule.kind === "now") return say("schedule.now");
  if (schedule.kind === "once") return say("schedule.once", { day: day(schedule.day), time: schedule.time });
  if (schedule.kind === "monthly")
    return say("schedule.monthly", { day: schedule.dayOfMonth, time: schedule.time });
  const days = schedule.weekdays.toSorted((a, b) => a - b).map((each) => say(`weekday.${each}`));
  return say("schedule.weekly", { days: days.join(", "), time: schedule.time });
}

export function readMatch(match: EventMatch, reader: Reader): string {
  const event = reader.say(`event.${match.type}`);
  if (match.where.length === 0) return event;
  return `${event} (${match.where.map((filter) => readFilter(filter, reader)).join(", ")})`;
}

function readFilter({ property, op, value }: Filter, reader: Reader): string {
  const { say } = reader;
  if (typeof value === "boolean")
    return say(`property.${property}Is`, { yes: String(op === "is" ? value : !value) });
  const money = ["totalMinor", "points", "pointsSpent", "pointsExpired"].includes(property);
  const named = property === "item" || property.startsWith("tier");
  const shown = money
    ? reader.amount(Number(value))
    : named
      ? reader.name(property === "item" ? "item" : "tier", String(value))
      : String(value) || say("unchosen");
  return say(`op.${op}`, { what: say(`property.${property}`), value: shown });
}

export function readPredicate(predicate: Predicate, reader: Reader): string {
  const { say, name } = reader;
  const not = (is: boolean) => ({ is: String(is) });
  switch (predicate.kind) {
    case "all":
    case "any":
    case "none":
      return say(`group.${predicate.kind}`, {
        what: predicate.of
          .map((one) => readPredicate(one, reader))
          .join(say(predicate.kind === "all" ? "and" : "or")),
      });
    case "segment":
      return say("fact.segment", { name: name("segment", predicate.segmentId), ...not(predicate.is) });
    case "tag":
      return say("fact.tag", { name: name("tag", predicate.tagId), ...not(predicate.is) });
    case "tier":
      return say("fact.tier", { name: name("tier", predicate.tierId), ...not(predicate.is) });
    case "gender":
      return say("fact.gender", { gender: predicate.gender });
    case "message":
      return say(`fact.${predicate.did}`, not(predicate.is));
    case "trigger":
      return readFilter(predicate.filter, reader);
    case "number": {
      const isAmount = ["spent", "points", "toNextTier"].includes(predicate.fact);
      const value = isAmount ? reader.amount(predicate.value) : String(predicate.value);
      return say(`op.${predicate.op}`, { what: say(`number.${predicate.fact}`), value });
    }
  }
}

/** One step in words, with all that is inside it. */
export function readStep(step: Step, reader: Reader): string {
  const { say } = reader;
  if (step.kind === "condition")
    return say("step.condition", {
      what: readPredicate(step.when, reader),
      yes: readSteps(step.yes, reader),
      no: readSteps(step.no, reader),
    });
  if (step.kind === "await")
    return say("step.await", {
      what: readMatch(step.match, reader),
      time: readDuration(step.timeout, reader),
      happened: readSteps(step.happened, reader),
      timedOut: readSteps(step.timedOut, reader),
    });
  if (step.kind === "split" || step.kind === "experiment") {
    const whole = step.branches.reduce((sum, branch) => sum + branch.weight, 0);
    const branches = step.branches.map((branch) =>
      say("branch", {
        label: branch.label,
        percent: Math.round((100 * branch.weight) / whole),
        steps: readSteps(branch.steps, reader),
      }),
    );
    return say(`step.${step.kind}`, { branches: branches.join("; ") });
  }
  return readPlain(step, reader);
}

function readPlain(step: PlainStep, reader: Reader): string {
  const { say } = reader;
  switch (step.kind) {
    case "wait":
      return readUntil(step.until, reader);
    case "message":
      return say("step.message", { title: titleOf(step, reader) });
    case "points":
      return say("step.points", { points: reader.amount(step.points), days: step.days ?? 0 });
    case "tag":
      return say("step.tag", { name: reader.name("tag", step.tagId), add: String(step.add) });
    case "webhook":
      return say("step.webhook", { host: URL.parse(step.url)?.host ?? step.url });
    case "task":
      return say("step.task", { title: step.title });
    case "holdout":
      return say("step.holdout", { percent: step.bps / 100 });
    case "promo":
      return say("step.promo", { name: reader.name("promo", step.promoId), days: step.days ?? 0 });
    case "reward":
      return say("step.reward", { name: reader.name("reward", step.rewardId), days: step.days ?? 0 });
    case "exit":
      return say("step.exit");
  }
}

function titleOf(step: Extract<PlainStep, { kind: "message" }>, reader: Reader): string {
  if (step.templateId !== null) return reader.name("template", step.templateId);
  const locales: Partial<Record<string, { title: string }>> = step.content?.locales ?? {};
  const words = locales[reader.locale] ?? Object.values(locales)[0];
  return words?.title.trim() || reader.say("unchosen");
}

export const readDuration = ({ amount, unit }: Duration, { say }: Reader): string =>
  say(`duration.${unit}`, { n: amount });

function readUntil(until: Until, reader: Reader): string {
  const { say } = reader;
  switch (until.kind) {
    case "duration":
      return say("step.wait", { time: readDuration(until.duration, reader) });
    case "hour":
      return say("step.hour", {
        hour: clock(until.hour),
        days: until.weekdays.map((day) => say(`weekday.${day}`)).join(", ") || "none",
      });
    case "date":
      return say("step.date", { day: reader.day(until.day), time: until.time });
    case "birthday":
      return say("step.birthday", {
        days: Math.abs(until.offsetDays),
        side: sideOf(until.offsetDays),
        hour: clock(until.hour),
      });
  }
}
