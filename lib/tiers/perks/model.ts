/** What a tier brings besides its rates, shown on the card and at the desk. */
export const PERK_KINDS = ["priority", "events", "delivery", "own"] as const;
export type Perk = {
  readonly kind: (typeof PERK_KINDS)[number];
  /** The owner's words; for the known kinds they may be missing. */
  readonly text: string | null;
};
