import "server-only";
import type { Context } from "../access";
import { minBig } from "../kernel/money";
import { certificateByCode, holdsFor, liveStampProgrammes } from "../program";
import {
  type Bill,
  type Held,
  type Hold,
  type Price,
  type Programme,
  type PurchaseEffect,
  type Reason,
  type Rebate,
  stampEffects,
} from "../program/model";
import type { Basis } from "./basis";
import type { Customer } from "./model";
import { priceOrRefuse } from "./record";

/** What somebody brings to a bill besides points: uses of what they hold, and a certificate. */
export type Bringing = {
  /** Holds taken before; they become uses with the purchase. */
  readonly holds?: readonly bigint[] | undefined;
  /** The code of a gift certificate: as much of the bill as it has is paid by it. */
  readonly certificate?: string | null | undefined;
};

export type Brought = {
  readonly rebates: readonly Rebate[];
  readonly held: readonly Held[];
  /** What is done with the purchase whatever it costs. */
  readonly effects: readonly PurchaseEffect[];
  readonly because: readonly Reason[];
  readonly certificate: { readonly id: bigint; readonly balanceMinor: bigint } | null;
};
export const NOTHING_BROUGHT: Brought = {
  rebates: [],
  held: [],
  effects: [],
  because: [],
  certificate: null,
};

/**
 * Looks up what is brought to a bill. Refuses: `not_found`, `hold_expired`, `certificate_unknown`, `certificate_expired`, `locked`.
 */
export async function bring(ctx: Context, memberId: bigint | null, what: Bringing): Promise<Brought> {
  const holds = await holdsFor(ctx, memberId, [...new Set(what.holds ?? [])]);
  const certificate = what.certificate ? await certificateByCode(ctx, what.certificate) : null;
  if (holds.length === 0 && !certificate) return NOTHING_BROUGHT;
  return {
    rebates: holds.flatMap(({ name, effect }): Rebate[] =>
      effect.kind === "amount" || effect.kind === "percent" ? [{ ...effect, name }] : [],
    ),
    held: holds.flatMap((hold) =>
      hold.effect.kind === "rule" ? [{ ruleId: hold.effect.ruleId, effect: useOf(hold) }] : [],
    ),
    effects: holds.filter(({ effect }) => effect.kind !== "rule").map(useOf),
    because: holds.flatMap(({ name, effect }): Reason[] =>
      effect.kind === "thing" ? [{ code: "reward_used", reward: name }] : [],
    ),
    certificate,
  };
}

const useOf = (hold: Hold): PurchaseEffect => ({
  kind: "entitlement",
  ref: hold.id.toString(),
  amount: 1n,
  detail: { say: { reward: hold.name } },
});

/** The price with what is brought: a certificate pays what is left in money, as far as it goes. */
export function priceBrought(
  ctx: Context,
  programme: Programme,
  customer: Customer | undefined,
  bill: Bill,
  basis: Basis,
  brought: Brought,
): Price {
  const full = { ...bill, held: [...(bill.held ?? []), ...brought.held] };
  const plain = priceOrRefuse(ctx, programme, customer, full, basis, brought.rebates);
  const byCertificate = minBig(brought.certificate?.balanceMinor ?? 0n, plain.cashMinor);
  if (byCertificate === 0n) return plain;
  const certificateMinor = (bill.certificateMinor ?? 0n) + byCertificate;
  return priceOrRefuse(
    ctx,
    programme,
    customer,
    { ...full, points: plain.points, certificateMinor },
    basis,
    brought.rebates,
  );
}

/** What goes with the purchase for what was brought and what it is worth in stamps. */
export async function besides(
  ctx: Context,
  bill: Bill,
  brought: Brought,
  price: Price,
): Promise<{ effects: PurchaseEffect[]; because: Reason[] }> {
  const stamps = stampEffects(await liveStampProgrammes(ctx), { ...bill, lines: bill.lines ?? [] });
  const paid =
    brought.certificate && price.certificateMinor > 0n
      ? [
          {
            kind: "certificate",
            ref: brought.certificate.id.toString(),
            amount: price.certificateMinor,
            detail: {},
          },
        ]
      : [];
  return {
    effects: [...brought.effects, ...paid, ...stamps],
    because: [
      ...brought.because,
      ...stamps.map(
        ({ amount, detail }): Reason => ({ code: "stamps", count: Number(amount), ...sayOf(detail) }),
      ),
    ],
  };
}

const sayOf = (detail: PurchaseEffect["detail"]): { programme: string } => {
  const say = detail.say;
  const name = typeof say === "object" && say !== null && "programme" in say ? say.programme : "";
  return { programme: typeof name === "string" ? name : "" };
};
