/** A status with its rates. The base tier's id is always `base`. */
export type Tier = {
  readonly id: string;
  readonly name: string;
  /** Cashback or discount, by the programme's policy. */
  readonly rateBps: number;
  /** Share of a bill payable with points; null: the programme's own cap holds. */
  readonly maxPointsBps: number | null;
  /** Money spent that lifts a member here; null: not by money. Minor units. */
  readonly spentMinor: bigint | null;
  /** Invited friends who bought that lift a member here; null: not by friends. */
  readonly invited: number | null;
};

/** What qualifies: the same figures the member's row keeps. */
export type Progress = { readonly cashSpentMinor: bigint; readonly effectiveInvited: number };

/** What is missing to the next tier; null where that path does not lead there. */
export type NextTier = {
  readonly tier: Tier;
  readonly moneyLeftMinor: bigint | null;
  readonly invitedLeft: number | null;
  /** The nearer path, 0..1, measured from zero. */
  readonly progress: number;
};

const reaches = (tier: Tier, at: Progress) =>
  (tier.spentMinor !== null && at.cashSpentMinor >= tier.spentMinor) ||
  (tier.invited !== null && at.effectiveInvited >= tier.invited);

/**
 * The tier somebody with these figures stands on: the best of those reached, else base.
 *
 * Shape: best means the highest rate; among equals the later in the owner's list.
 */
export function qualify(base: Tier, tiers: readonly Tier[], at: Progress): Tier {
  let best = base;
  for (const tier of tiers) if (reaches(tier, at) && tier.rateBps >= best.rateBps) best = tier;
  return best;
}

/** The nearest better tier with what is left to it, or nothing at the top. */
export function nextTier(current: Tier, tiers: readonly Tier[], at: Progress): NextTier | undefined {
  const next = tiers
    .filter((tier) => !reaches(tier, at) && tier.rateBps >= current.rateBps && tier.id !== current.id)
    .filter((tier) => tier.spentMinor !== null || tier.invited !== null)
    .toSorted((a, b) => a.rateBps - b.rateBps)[0];
  if (!next) return undefined;
  const byMoney = next.spentMinor ? Number(at.cashSpentMinor) / Number(next.spentMinor) : 0;
  const byFriends = next.invited ? at.effectiveInvited / next.invited : 0;
  return {
    tier: next,
    moneyLeftMinor: next.spentMinor === null ? null : next.spentMinor - at.cashSpentMinor,
    invitedLeft: next.invited === null ? null : next.invited - at.effectiveInvited,
    progress: Math.max(0, Math.min(1, Math.max(byMoney, byFriends))),
  };
}

/** A tier by id; a tier that was removed counts as base. */
export function tierById(base: Tier, tiers: readonly Tier[], id: string): Tier {
  return tiers.find((tier) => tier.id === id) ?? base;
}
