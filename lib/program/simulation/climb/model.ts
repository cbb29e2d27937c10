/** One member's way on a ladder whose figures count within a window, while the past is played. */
import {
  afterPurchase,
  afterRefund,
  type Entry,
  isOverdue,
  type Ladder,
  type Life,
  type Progress,
  qualify,
} from "../../../tiers/model";
import { type Past, settled } from "../../../tiers/standing/model";

type Bought = { readonly id: bigint | null; readonly at: Date; cashMinor: bigint; isVisit: boolean };
type Rise = Entry & { readonly at: Date };

export class Climb {
  private readonly bought: Bought[];
  private readonly friends: readonly Date[];
  private readonly zone: string;
  private rises: Rise[] = [];
  private tierId: string;
  private life: Life | null = null;

  /** `past`: what the member did before the days that are played. */
  constructor(tierId: string, past: Past, zone: string) {
    this.tierId = tierId;
    this.bought = past.purchases.map((each) => ({ id: null, ...each }));
    this.friends = past.friends;
    this.zone = zone;
  }

  /** The tier somebody stands on at a moment; `totals`: figures of all times. */
  on(ladder: Ladder, totals: Progress, now: Date): string {
    if (ladder.qualifying.window.kind === "ever") return qualify(ladder, totals).id;
    const stood = { tierId: this.tierId, life: this.life, totals };
    if (isOverdue(ladder, stood, now)) {
      const past = { purchases: this.bought, friends: this.friends };
      const stands = settled(ladder, stood, past, now, this.zone);
      [this.tierId, this.life] = [stands.tierId, stands.life];
    }
    return this.tierId;
  }

  /** A purchase; `totals` are those before it. Ask `on` first. */
  buy(ladder: Ladder, totals: Progress, id: bigint, at: Date, cashMinor: bigint): void {
    this.bought.push({ id, at, cashMinor, isVisit: true });
    if (ladder.qualifying.window.kind === "ever") return;
    const before = this.life?.earned ?? this.tierId;
    const stood = { tierId: this.tierId, life: this.life, totals };
    const { tierId, life } = afterPurchase(ladder, stood, cashMinor, at, this.zone);
    if (life && life.earned !== before)
      this.rises.unshift({
        at,
        tierBefore: before,
        tierAfter: life.earned,
        from: life.from,
        figures: life.figures,
      });
    [this.tierId, this.life] = [tierId, life];
  }

  /** A part of a purchase of these days taken back; what was bought before them is known as it is now. */
  refund(ladder: Ladder, totals: Progress, originId: bigint, cashMinor: bigint, isFull: boolean, now: Date) {
    const origin = this.bought.find(({ id }) => id === originId);
    if (!origin) return;
    origin.cashMinor -= cashMinor;
    if (isFull) origin.isVisit = false;
    if (ladder.qualifying.window.kind === "ever") return;
    const refunded = { boughtAt: origin.at, cashMinor, isFull };
    const since = this.rises.filter(({ at }) => at >= origin.at);
    const stood = { tierId: this.tierId, life: this.life, totals };
    const { tierId, life } = afterRefund(ladder, stood, refunded, since, now);
    this.rises = this.rises.map((rise) =>
      rise.at < origin.at
        ? rise
        : {
            ...rise,
            figures: {
              ...rise.figures,
              cashSpentMinor: rise.figures.cashSpentMinor - cashMinor,
              visits: rise.figures.visits - (isFull ? 1 : 0),
            },
          },
    );
    [this.tierId, this.life] = [tierId, life];
  }
}
