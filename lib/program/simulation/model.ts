/** The past played again under other promises: what was beside what would have been. Pure. */
import { maxBig, minBig } from "../../kernel/money";
import { dayOf } from "../../kernel/time";
import { type Ladder, type Progress, qualify } from "../../tiers/model";
import type { Bill, Programme, PurchaseEffect, Rebate, Standing } from "../model";
import { priceWithRebates } from "../rebates/model";
import { Climb } from "./climb/model";
import { Memory } from "./memory/model";
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

type Member = Omit<Start, "visits" | "stood" | "cashSpentMinor" | "before"> & {
  visits: number;
  did: bigint;
  would: bigint;
  /** Points more (or fewer) than they really had. */
  surplus: bigint;
  visitsAt: { id: bigint; at: Date }[];
  last: Past | undefined;
  isTouched: boolean;
  /** Where windows count: the way that was, and the one that would have been. */
  climbs: { readonly did: Climb; readonly would: Climb } | undefined;
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
  private readonly did = nothing();
  private readonly would = nothing();
  private counts = { purchases: 0, refused: 0, bills: 0 };
  private totalMinor = 0n;

  private readonly was: ProgrammeOf;
  private readonly next: ProgrammeOf;
  private readonly zone: string;
  private readonly share: number;
  readonly memory: Memory;

  /** `was`: the programme of a version; `next`: what prices its purchases now; `share`: one of so many members is played. */
  constructor(was: ProgrammeOf, next: ProgrammeOf, zone: string, share = 1) {
    this.was = was;
    this.next = next;
    this.zone = zone;
    this.share = share;
    this.memory = new Memory(share);
  }

  knows(memberId: bigint): boolean {
    return this.members.has(memberId);
  }

  meet(memberId: bigint, { visits, cashSpentMinor, stood, before, ...rest }: Start): void {
    const way = (past: NonNullable<Start["before"]>) => new Climb(rest.tierId, past, this.zone);
    const climbs = before && { did: way(before), would: way(before) };
    const visitsAt = stood.map(([id, at]) => ({ id: BigInt(id), at: new Date(at) }));
    const figures = { visits, did: cashSpentMinor, would: cashSpentMinor, surplus: 0n, last: undefined };
    this.members.set(memberId, { ...rest, ...figures, visitsAt, isTouched: false, climbs });
  }

  /** Beside `memory.used`: what its refunds in these days took off what had been given before. */
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
      this.memory.keep(origin.memberId, effect, part, isCanceled ? 1 : 0);
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
    const result = this.priced(programme, standing, bill, past);
    const cash = result.ok ? result.price.cashMinor : 0n;
    member.climbs?.did.buy(this.was(past.programmeVersion), wasOf(member), past.id, past.at, past.cashMinor);
    member.climbs?.would.buy(programme, wouldOf(member), past.id, past.at, cash);
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
    for (const each of rules) this.memory.keep(past.memberId, each, each.amount, 1);
    this.bought.set(past.id, { totalMinor: past.totalMinor, refunded: 0n, would, effects: rules });
  }

  /** A discount may leave less for a certificate to pay than it paid. */
  private priced(programme: Programme, standing: Standing, bill: Bill, { rebateMinor, at }: Past) {
    const rebates: Rebate[] = rebateMinor > 0n ? [{ name: "", kind: "amount", minor: rebateMinor }] : [];
    const ask = (asked: Bill) => priceWithRebates(programme, standing, asked, rebates, at, this.zone);
    const result = ask(bill);
    return !result.ok && result.problem === "certificate_over_total"
      ? ask({ ...bill, certificateMinor: result.limit })
      : result;
  }

  private refund(past: Past, member: Member): void {
    const origin = past.originId === null ? undefined : this.bought.get(past.originId);
    const did = amountsOf(past);
    const would = origin ? this.shareOf(origin, past, member) : did;
    if (member.climbs && past.originId !== null) {
      const { did: was, would: next } = member.climbs;
      const [actual, programme] = [this.was(past.programmeVersion), this.next(past.programmeVersion)];
      was.refund(actual, wasOf(member), past.originId, did.cashMinor, past.isFull, past.at);
      next.refund(programme, wouldOf(member), past.originId, would.cashMinor, past.isFull, past.at);
    }
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
      this.memory.keep(past.memberId, each, -part(each.amount), past.isFull ? -1 : 0);
    origin.refunded = after;
    member.isTouched ||= would.issued !== past.pointsEarned;
    return would;
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
      uses: this.memory.of(past.memberId, programme, today),
    };
  }

  /** The tier they stood on, unless the other promise and the other spending lead elsewhere. */
  private tier(past: Past, member: Member, programme: Programme): string {
    const { from, to } = standsAt(member, this.was(past.programmeVersion), programme, past.at);
    return from === to ? past.tierId : to;
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
      const { from, to } = standsAt(member, actual, next, member.last.at);
      if (from === to) continue;
      const known = moves.get(`${from} ${to}`);
      if (known) known.members += this.share;
      else moves.set(`${from} ${to}`, { from, to, members: this.share });
    }
    return [...moves.values()].toSorted((a, b) => b.members - a.members);
  }
}

const wasOf = (member: Member): Progress => ({ ...member, cashSpentMinor: member.did });
const wouldOf = (member: Member): Progress => ({ ...member, cashSpentMinor: member.would });

/** The tiers a member's figures lead to: as it was, and as it would be. */
function standsAt(member: Member, actual: Ladder, next: Ladder, at: Date): { from: string; to: string } {
  const { climbs } = member;
  const [did, would] = [wasOf(member), wouldOf(member)];
  return {
    from: climbs ? climbs.did.on(actual, did, at) : qualify(actual, did).id,
    to: climbs ? climbs.would.on(next, would, at) : qualify(next, would).id,
  };
}
