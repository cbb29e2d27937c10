/** The past played again under other promises: what was beside what would have been. Pure. */
import { maxBig, minBig } from "../../kernel/money";
import { type Day, dayOf } from "../../kernel/time";
import { qualify } from "../../tiers/model";
import { type Programme, type PurchaseEffect, price, type Standing } from "../model";
import { hasMemory } from "../rules/compile/model";
import type { Rule, RuleUse } from "../rules/model";
import {
  type Amounts,
  add,
  amountsOf,
  nothing,
  type Origin,
  type Outcome,
  type Past,
  type Start,
  type Sums,
  upTo,
} from "./past/model";

export { marginOf, type Origin, type Outcome, type Past, type Start, type Sums } from "./past/model";

type Member = Omit<Start, "visits" | "stood" | "cashSpentMinor"> & {
  visits: number;
  did: bigint;
  would: bigint;
  /** Points more (or fewer) than they really had. */
  surplus: bigint;
  visitsAt: { id: bigint; at: Date }[];
  last: Past | undefined;
  isTouched: boolean;
};
type Bought = {
  readonly totalMinor: bigint;
  refunded: bigint;
  readonly would: Amounts;
  readonly effects: readonly PurchaseEffect[];
};

type ProgrammeOf = (version: number) => Programme;

/** Of a purchase that would have been turned away. */
const NONE: Amounts = nothing();

/** Plays operations in the order they came in; one instance for one run. */
export class Simulation {
  private readonly members = new Map<bigint, Member>();
  private readonly bought = new Map<bigint, Bought>();
  private readonly uses = new Map<string, { amount: bigint; times: number }>();
  private readonly did = nothing();
  private readonly would = nothing();
  private counts = { purchases: 0, refused: 0, bills: 0 };
  private totalMinor = 0n;
  private readonly remembered = new Map<Programme, readonly Rule[]>();

  private readonly was: ProgrammeOf;
  private readonly next: ProgrammeOf;
  private readonly zone: string;
  private readonly share: number;

  /** `was`: the programme of a version; `next`: what prices its purchases now; `share`: one of so many members is played. */
  constructor(was: ProgrammeOf, next: ProgrammeOf, zone: string, share = 1) {
    this.was = was;
    this.next = next;
    this.zone = zone;
    this.share = share;
  }

  knows(memberId: bigint): boolean {
    return this.members.has(memberId);
  }

  meet(memberId: bigint, { visits, cashSpentMinor, stood, ...rest }: Start): void {
    const visitsAt = stood.map(([id, at]) => ({ id: BigInt(id), at: new Date(at) }));
    const figures = { visits, did: cashSpentMinor, would: cashSpentMinor, surplus: 0n, last: undefined };
    this.members.set(memberId, { ...rest, ...figures, visitsAt, isTouched: false });
  }

  /** What a rule had given before: to a member in a period, or of its budget (no member). */
  used(memberId: bigint | null, ruleId: bigint, period: string, amount: bigint, times: number): void {
    this.uses.set(`${memberId ?? ""} ${ruleId} ${period}`, { amount, times });
  }

  /** Beside `used`: what its refunds in these days took off what had been given before. */
  own(origin: Origin): void {
    const { pointsEarned, pointsSpent, totalMinor, refundedMinor, isCanceled } = origin;
    const effects = origin.effects.map(({ undone: _undone, ...each }) => ({
      ...each,
      kind: "rule",
      amount: BigInt(each.amount),
    }));
    for (const [no, effect] of effects.entries()) {
      const undone = BigInt(origin.effects[no]?.undone ?? 0);
      const part = undone - (refundedMinor === 0n ? 0n : upTo(effect.amount, refundedMinor, totalMinor));
      this.remember(origin.memberId, effect, part, isCanceled ? 1 : 0);
    }
    const { discountMinor, cashMinor } = origin;
    const would = { issued: pointsEarned, spent: pointsSpent, discountMinor, cashMinor };
    this.bought.set(origin.id, { totalMinor, refunded: refundedMinor, would, effects });
  }

  play(past: Past): void {
    const member = this.members.get(past.memberId);
    if (!member) throw new Error("a member is met before they are played");
    if (past.kind === "purchase") this.buy(past, member);
    else this.refund(past, member);
    member.last = past;
  }

  private buy(past: Past, member: Member): void {
    this.counts.purchases += 1;
    const programme = this.next(past.programmeVersion);
    const standing = this.standing(past, member, programme);
    const bill = {
      ...past,
      points: null,
      held: past.extras?.held?.map((id) => ({ ruleId: BigInt(id) })) ?? [],
      isPrepaid: past.extras?.prepaid ?? false,
    };
    const result = price(programme, standing, bill, past.at, this.zone);
    member.visits += 1;
    member.visitsAt.push({ id: past.id, at: past.at });
    member.did += past.cashMinor;
    const before = member.surplus;
    const did = amountsOf(past);
    if (!result.ok) {
      this.counts.refused += 1;
      member.surplus = before - did.issued + did.spent;
      member.isTouched = true;
      this.counts.bills += 1;
      this.bought.set(past.id, { totalMinor: past.totalMinor, refunded: 0n, would: NONE, effects: [] });
      return;
    }
    const { discountMinor, points, cashMinor, grants, effects } = result.price;
    const issued = grants.reduce((sum, grant) => sum + grant.points, 0n);
    const would = { issued, spent: points, discountMinor, cashMinor };
    member.would += cashMinor;
    member.surplus = before + (issued - did.issued) - (points - did.spent);
    this.totalMinor += past.totalMinor;
    add(this.did, did, 1n);
    add(this.would, would, 1n);
    if (issued !== did.issued || points !== did.spent || discountMinor !== did.discountMinor) {
      this.counts.bills += 1;
      member.isTouched = true;
    }
    const rules = effects.filter(({ kind }) => kind === "rule");
    for (const each of rules) this.remember(past.memberId, each, each.amount, 1);
    this.bought.set(past.id, { totalMinor: past.totalMinor, refunded: 0n, would, effects: rules });
  }

  private refund(past: Past, member: Member): void {
    const origin = past.originId === null ? undefined : this.bought.get(past.originId);
    const did = amountsOf(past);
    const would = origin ? this.shareOf(origin, past, member) : did;
    if (past.isFull) {
      member.visits -= 1;
      member.visitsAt = member.visitsAt.filter(({ id }) => id !== past.originId);
    }
    member.did -= did.cashMinor;
    member.would -= would.cashMinor;
    member.surplus += did.issued - would.issued - (did.spent - would.spent);
    add(this.did, did, -1n);
    add(this.would, would, -1n);
  }

  /** The same differences of running totals as a refund's own. */
  private shareOf(origin: Bought, past: Past, member: Member): Amounts {
    const after = origin.refunded + past.totalMinor;
    const part = (amount: bigint) =>
      upTo(amount, after, origin.totalMinor) -
      (origin.refunded === 0n ? 0n : upTo(amount, origin.refunded, origin.totalMinor));
    const { issued, spent, discountMinor } = origin.would;
    const would = {
      issued: part(issued),
      spent: part(spent),
      discountMinor: part(discountMinor),
      cashMinor: 0n,
    };
    // What is left of the part in money, as a refund counts it.
    if (origin.would !== NONE)
      would.cashMinor = past.totalMinor - would.discountMinor - would.spent - past.certificateMinor;
    for (const each of origin.effects)
      this.remember(past.memberId, each, -part(each.amount), past.isFull ? -1 : 0);
    origin.refunded = after;
    member.isTouched ||= would.issued !== past.pointsEarned;
    return would;
  }

  private remember(memberId: bigint, { ref, detail }: PurchaseEffect, amount: bigint, times: number): void {
    const periods = detail.periods as unknown as readonly { key: string }[];
    for (const { key } of periods) this.count(`${memberId} ${ref} ${key}`, amount, times);
    if (detail.budget !== null) this.count(` ${ref} budget`, amount * BigInt(this.share), times);
  }

  private count(key: string, amount: bigint, times: number): void {
    const known = this.uses.get(key);
    this.uses.set(key, { amount: (known?.amount ?? 0n) + amount, times: (known?.times ?? 0) + times });
  }

  private standing(past: Past, member: Member, programme: Programme): Standing {
    const today = dayOf(past.at, this.zone);
    // Segments and tags as the purchase kept them, where its rules asked for them; else as they are today.
    const asked = this.was(past.programmeVersion).rules;
    const kept = (ids: readonly string[] | undefined, now: readonly bigint[], set?: ReadonlySet<number>) => [
      ...(ids ?? []).map(BigInt),
      ...now.filter((id) => !set?.has(Number(id))),
    ];
    const wanted = past.pointsSpent;
    return {
      tierId: this.tier(past, member, programme),
      available: maxBig(0n, minBig(wanted, wanted + member.surplus)),
      isFirst: past.isFirst,
      visits: member.visits,
      lastAt: member.visitsAt.reduce<Date | null>((last, { at }) => (last && last > at ? last : at), null),
      birthDate: member.birthDate,
      createdAt: member.createdAt,
      segments: kept(past.extras?.segments, member.segments, asked?.segments),
      tags: kept(past.extras?.tags, member.tags, asked?.tags),
      cashSpentMinor: member.would,
      uses: this.usesOf(past.memberId, programme, today),
    };
  }

  /** The tier they stood on, unless the other promise and the other spending lead elsewhere. */
  private tier(past: Past, member: Member, programme: Programme): string {
    const actual = this.was(past.programmeVersion);
    const moved = qualify(programme, { ...member, cashSpentMinor: member.would });
    const same = qualify(actual, { ...member, cashSpentMinor: member.did });
    return moved.id === same.id ? past.tierId : moved.id;
  }

  private usesOf(memberId: bigint, programme: Programme, today: Day): RuleUse[] {
    let rules = this.remembered.get(programme);
    if (!rules) {
      rules = (programme.rules?.all ?? [])
        .map(({ rule }) => rule)
        .filter((rule) => hasMemory(rule) || rule.caps.budget !== null);
      this.remembered.set(programme, rules);
    }
    const keys = { day: `day ${today}`, month: `month ${today.slice(0, 7)}`, ever: "ever" } as const;
    return rules.flatMap(({ id }): RuleUse[] => {
      const uses = (["day", "month", "ever"] as const).flatMap((period) => {
        const use = this.uses.get(`${memberId} ${id} ${keys[period]}`);
        return use ? [{ ruleId: id, period, ...use }] : [];
      });
      const budget = this.uses.get(` ${id} budget`);
      return budget ? [...uses, { ruleId: id, period: "budget", ...budget }] : uses;
    });
  }

  outcome(): Outcome {
    const by = BigInt(this.share);
    const scaled = ({ issued, spent, discountMinor, cashMinor }: Amounts): Sums => ({
      issued: issued * by,
      spent: spent * by,
      discountMinor: discountMinor * by,
      cashMinor: cashMinor * by,
    });
    const touched = [...this.members.values()].filter(({ isTouched }) => isTouched).length;
    return {
      purchases: this.counts.purchases * this.share,
      refused: this.counts.refused * this.share,
      members: this.members.size * this.share,
      totalMinor: this.totalMinor * by,
      did: scaled(this.did),
      would: scaled(this.would),
      touched: { members: touched * this.share, bills: this.counts.bills * this.share },
      moves: this.moves(),
    };
  }

  private moves(): Outcome["moves"] {
    const moves = new Map<string, { from: string; to: string; members: number }>();
    for (const member of this.members.values()) {
      if (!member.last) continue;
      const actual = this.was(member.last.programmeVersion);
      const next = this.next(member.last.programmeVersion);
      const from = qualify(actual, { ...member, cashSpentMinor: member.did }).id;
      const to = qualify(next, { ...member, cashSpentMinor: member.would }).id;
      if (from === to) continue;
      const known = moves.get(`${from} ${to}`);
      if (known) known.members += this.share;
      else moves.set(`${from} ${to}`, { from, to, members: this.share });
    }
    return [...moves.values()].toSorted((a, b) => b.members - a.members);
  }
}
