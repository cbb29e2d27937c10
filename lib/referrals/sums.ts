/** What inviters' figures grow by: gathered while news is handled, written once at its end. */
export type Sum = {
  readonly joined?: number;
  readonly bought?: number;
  readonly farJoined?: number;
  readonly cashMinor?: bigint;
  readonly farCashMinor?: bigint;
  readonly points?: bigint;
};
export type Sums = Map<bigint, Sum>;

export function addTo(sums: Sums, memberId: bigint, more: Sum): void {
  const sum = sums.get(memberId) ?? {};
  sums.set(memberId, {
    joined: (sum.joined ?? 0) + (more.joined ?? 0),
    bought: (sum.bought ?? 0) + (more.bought ?? 0),
    farJoined: (sum.farJoined ?? 0) + (more.farJoined ?? 0),
    cashMinor: (sum.cashMinor ?? 0n) + (more.cashMinor ?? 0n),
    farCashMinor: (sum.farCashMinor ?? 0n) + (more.farCashMinor ?? 0n),
    points: (sum.points ?? 0n) + (more.points ?? 0n),
  });
}
