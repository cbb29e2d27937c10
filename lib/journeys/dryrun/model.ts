/** A journey walked by one person on a simulated clock: the same core, no effects. */
import { type Facts, type Happening, matches } from "../facts/model";
import type { Definition } from "../schema";
import { advance, compile, type Position, type Push, START, type World } from "../walk/model";

export type Supposed = {
  readonly journeyId: bigint;
  readonly memberId: bigint;
  readonly zone: string;
  readonly facts: Facts;
  readonly startsAt: Date;
  /** What the person does meanwhile. */
  readonly happenings: readonly Happening[];
  readonly winners: Readonly<Record<string, string>>;
};
export type Line = {
  readonly at: Date;
  readonly step: string;
  readonly code: string;
  readonly value?: string;
};
export type Walked = {
  readonly lines: readonly Line[];
  readonly position: Position;
  readonly endedAt: Date | null;
};

const PUSHES_MAX = 1_000;

/** Everything that would happen up to `until`, in order. */
export function dryRun(definition: Definition, supposed: Supposed, until: Date): Walked {
  const program = compile(definition);
  const lines: Line[] = [];
  const coming = supposed.happenings
    .filter(({ at }) => at >= supposed.startsAt)
    .toSorted((a, b) => +a.at - +b.at);
  let { facts } = supposed;
  let position: Position = START;
  let now = supposed.startsAt;
  let endedAt: Date | null = null;
  const push = (what: Push) => {
    const { journeyId, memberId, zone, winners } = supposed;
    const world: World = { journeyId, memberId, zone, winners, facts, now };
    const next = advance(program, position, what, world);
    lines.push(...next.passed.map((passed) => ({ at: now, ...passed })));
    position = next.position;
    if (position.state !== "active") endedAt = now;
  };
  if (now <= until) push({ kind: "start" });
  for (let count = 0; count < PUSHES_MAX && position.state === "active"; count += 1) {
    const [event] = coming;
    const due = position.dueAt;
    const isEvent = event !== undefined && (due === null || event.at < due);
    const at = isEvent ? event.at : due;
    if (at === null || at > until) break;
    now = at;
    if (isEvent) {
      coming.shift();
      facts = after(facts, event);
      push({ kind: "event", event });
    } else push({ kind: "due" });
  }
  return { lines, position, endedAt };
}

/** What is known of a member after an event they brought about. */
function after(facts: Facts, event: Happening): Facts {
  if (!matches({ type: "purchase.recorded", where: [] }, event)) return facts;
  const { totalMinor } = event.properties;
  const spent = facts.spent + (typeof totalMinor === "number" ? totalMinor : 0);
  return { ...facts, visits: facts.visits + 1, spent, lastVisitAt: event.at };
}
