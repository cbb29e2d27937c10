/** Which of the rules that hold are used together: limits first, then one of each group. */
import { minBig } from "../../../kernel/money";
import type { Ready } from "../compile/model";
import type { Match, Misses } from "../match/model";
import type { Caps, RuleUse } from "../model";

/** How much a rule may still give; `by` names the limit that is nearest. Null: no limit. */
export type Room = { readonly amount: bigint | null; readonly by: keyof Caps | null };
export type Chosen = Match & { readonly room: Room };

/** What rules gave before, by rule and period. */
export type Uses = ReadonlyMap<string, RuleUse>;

export const usesOf = (uses: readonly RuleUse[]): Uses =>
  new Map(uses.map((use) => [`${use.ruleId} ${use.period}`, use]));

const NO_LIMIT: Room = { amount: null, by: null };
const TIMES = [
  ["timesPerDay", "day"],
  ["timesPerMonth", "month"],
  ["timesEver", "ever"],
] as const;
const AMOUNTS = [
  ["perBill", null],
  ["perDay", "day"],
  ["perMonth", "month"],
  ["ever", "ever"],
  ["budget", "budget"],
] as const;

/** The nearest of a rule's limits. */
function roomOf({ rule: { caps }, key, hasLimits }: Ready, uses: Uses): Room {
  if (!hasLimits) return NO_LIMIT;
  const used = (period: RuleUse["period"]) => uses.get(`${key} ${period}`);
  for (const [by, period] of TIMES) {
    const cap = caps[by];
    if (cap !== null && (used(period)?.times ?? 0) >= cap) return { amount: 0n, by };
  }
  let room = NO_LIMIT;
  for (const [by, period] of AMOUNTS) {
    const cap = caps[by];
    if (cap === null) continue;
    const left = cap - ((period && used(period)?.amount) ?? 0n);
    if (room.amount === null || left < room.amount) room = { amount: left, by };
  }
  return room;
}

/**
 * The rules that are used: with room left, and one of each group. Keeps their order.
 *
 * Shape: `worth` says what a rule alone would give on this bill; "best" takes the greatest within its room.
 */
export function choose(
  matches: readonly Match[],
  uses: Uses,
  worth: (match: Match) => bigint,
  misses: Misses,
): Chosen[] {
  const able: Chosen[] = [];
  const groups = new Map<string, Chosen[]>();
  for (const found of matches) {
    const room = roomOf(found.ready, uses);
    if (room.amount !== null && room.amount <= 0n) {
      misses.add("missed_limit", found.ready, { by: room.by });
      continue;
    }
    const chosen = { ...found, room };
    able.push(chosen);
    const { group } = found.ready.rule;
    if (!group) continue;
    const others = groups.get(group.name);
    if (others) others.push(chosen);
    else groups.set(group.name, [chosen]);
  }
  const winners = new Map<string, Ready>();
  for (const [name, members] of groups) winners.set(name, winnerOf(members, worth).ready);
  return able.filter(({ ready }) => {
    const winner = ready.rule.group ? winners.get(ready.rule.group.name) : ready;
    if (winner === ready || !winner) return true;
    misses.add("missed_other", ready, { other: winner.rule.name });
    return false;
  });
}

function winnerOf(members: readonly Chosen[], worth: (match: Match) => bigint): Chosen {
  const [first, ...rest] = members;
  if (!first) throw new Error("a group has a member");
  if (first.ready.rule.group?.choose !== "best") return first;
  const worthOf = (one: Chosen) =>
    one.room.amount === null ? worth(one) : minBig(worth(one), one.room.amount);
  let best = first;
  let most = worthOf(first);
  for (const one of rest) {
    const value = worthOf(one);
    if (value > most) [best, most] = [one, value];
  }
  return best;
}
