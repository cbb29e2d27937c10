/** A naive ledger in memory, written from the rules and not from the SQL: what the real one is compared with. */
type OracleLot = {
  kind: string;
  availableAt: number;
  /** As given, and as visits moved it since: the last one holds. */
  firstEnd: number;
  moves: { by: string; to: number }[];
  expiresAt: number;
  remaining: bigint;
  expired: bigint;
};
type Move = { lot: OracleLot; points: bigint };
type Purchase = { earned: Move[]; spent: Move[]; takenBack: bigint; givenBack: bigint };

const positive = (amount: bigint) => (amount > 0n ? amount : 0n);
const least = (a: bigint, b: bigint) => (a < b ? a : b);

export class Oracle {
  readonly lots: OracleLot[] = [];
  readonly purchases = new Map<string, Purchase>();

  available(now: number): bigint {
    const live = this.sum((lot) => lot.remaining > 0n && lot.availableAt <= now && lot.expiresAt > now);
    const gone = this.sum((lot) => lot.remaining > 0n && lot.expiresAt <= now);
    return live - positive(this.owed() - gone);
  }

  pending(now: number): bigint {
    return this.sum((lot) => lot.remaining > 0n && lot.availableAt > now && lot.expiresAt > now);
  }

  give(kind: string, points: bigint, availableAt: number, expiresAt: number, now: number): Move {
    const known = this.lots.find(
      (lot) =>
        lot.kind === kind && lot.expiresAt === expiresAt && lot.availableAt <= now && availableAt <= now,
    );
    const fresh = { kind, availableAt, firstEnd: expiresAt, moves: [], expiresAt };
    const lot: OracleLot = known ?? { ...fresh, remaining: 0n, expired: 0n };
    if (!known) this.lots.push(lot);
    lot.remaining += points;
    return { lot, points };
  }

  /** A visit gives every live lot of some kinds the end new points get; `by`: whose visit it is. */
  extend(by: string, kinds: readonly string[], to: number, now: number): void {
    for (const lot of this.lots) {
      if (lot.remaining === 0n || !kinds.includes(lot.kind)) continue;
      if (lot.expiresAt <= now || lot.expiresAt > to || lot.expiresAt === Number.POSITIVE_INFINITY) continue;
      lot.moves.push({ by, to });
      lot.expiresAt = to;
    }
  }

  /** The visit never was: each lot ends where the visits that are left put it. */
  unextend(by: string): void {
    for (const lot of this.lots) {
      if (!lot.moves.some((move) => move.by === by)) continue;
      lot.moves = lot.moves.filter((move) => move.by !== by);
      lot.expiresAt = lot.moves.at(-1)?.to ?? lot.firstEnd;
    }
  }

  /** The points of a purchase that have not begun begin now, with an end of their own. */
  confirm(purchase: Purchase, now: number, expiresAt: number): void {
    for (const { lot } of purchase.earned) {
      if (lot.availableAt <= now) continue;
      Object.assign(lot, { availableAt: now, expiresAt, firstEnd: expiresAt, moves: [] });
    }
  }

  /** Takes points from live lots; false when there are too few. */
  spend(points: bigint, now: number): Move[] | false {
    this.expire(now);
    if (points > positive(this.available(now))) return false;
    const moves: Move[] = [];
    let left = points;
    for (const lot of this.ordered(
      (one) => one.remaining > 0n && one.availableAt <= now && one.expiresAt > now,
    )) {
      const part = least(left, lot.remaining);
      if (part === 0n) break;
      lot.remaining -= part;
      left -= part;
      moves.push({ lot, points: part });
    }
    return moves;
  }

  expire(now: number): void {
    for (const lot of this.ordered((one) => one.remaining > 0n && one.expiresAt <= now)) {
      for (const debt of this.ordered((one) => one.remaining < 0n)) {
        const part = least(lot.remaining, -debt.remaining);
        lot.remaining -= part;
        debt.remaining += part;
      }
      lot.expired += lot.remaining;
      lot.remaining = 0n;
    }
  }

  /** Refunds so that, of this purchase, these totals are taken back and given back in all. */
  refundUpTo(purchase: Purchase, taken: bigint, given: bigint, now: number, revivedUntil: number): void {
    this.expire(now);
    const latestFirst = purchase.earned.toSorted((a, b) => b.lot.availableAt - a.lot.availableAt);
    for (const { lot, points } of segment(latestFirst, purchase.takenBack, taken)) {
      const called = least(points, lot.expired);
      lot.expired -= called;
      lot.remaining += called - points;
    }
    for (const { lot, points } of segment(purchase.spent.toReversed(), purchase.givenBack, given)) {
      const same = lot.expiresAt > now ? points : least(points, positive(-lot.remaining));
      lot.remaining += same;
      if (points > same) this.give("revived", points - same, now, revivedUntil, now);
    }
    purchase.takenBack = taken;
    purchase.givenBack = given;
  }

  private owed(): bigint {
    return -this.sum((lot) => lot.remaining < 0n);
  }

  private sum(which: (lot: OracleLot) => boolean): bigint {
    return this.lots.filter(which).reduce((total, lot) => total + lot.remaining, 0n);
  }

  private ordered(which: (lot: OracleLot) => boolean): OracleLot[] {
    return this.lots.filter(which).sort((a, b) => a.expiresAt - b.expiresAt);
  }
}

/** The part of a list of moves between two running totals. */
function segment(moves: readonly Move[], from: bigint, to: bigint): Move[] {
  let before = 0n;
  return moves.flatMap(({ lot, points }) => {
    const start = positive(from - before);
    const part = least(points, positive(to - before)) - least(points, start);
    before += points;
    return part > 0n ? [{ lot, points: part }] : [];
  });
}
