/** Customers drawn from the very world the lifetime models suppose, by dice of their own: the same number gives the same customers. */
import type { Visits } from "@/lib/insights/lifetime/holdout/model";

export type World = {
  readonly customers: number;
  /** Days from the first customer's first visit to the end. */
  readonly days: number;
  /** Days over which customers begin. */
  readonly begin: number;
  /** Gamma: shape, and average visits a day. */
  readonly shape: number;
  readonly perDay: number;
  /** Beta of the chance to leave after a visit, the first one too; null: nobody leaves. */
  readonly leaving: { readonly a: number; readonly b: number } | null;
  readonly paid: number;
};

export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const bell = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/** Marsaglia and Tsang. */
export function gamma(shape: number, next: () => number): number {
  if (shape < 1) return gamma(shape + 1, next) * (1 - next()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = bell(next);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

export function buyers(world: World, seed = 7): Visits[] {
  const next = dice(seed);
  return Array.from({ length: world.customers }, () => {
    const perDay = (gamma(world.shape, next) / world.shape) * world.perDay;
    const average = (world.paid * 3 * gamma(6, next)) / gamma(4, next) / 6;
    const [a, b] = world.leaving ? [gamma(world.leaving.a, next), gamma(world.leaving.b, next)] : [0, 1];
    const days = new Map<number, number>();
    let at = next() * world.begin;
    while (at <= world.days) {
      const day = Math.floor(at);
      days.set(day, (days.get(day) ?? 0) + Math.round((average * gamma(6, next)) / 6));
      if (next() < a / (a + b)) break;
      at += -Math.log(1 - next()) / perDay;
    }
    return { days: [...days.keys()], paid: [...days.values()] };
  });
}
