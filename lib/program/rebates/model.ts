import { minBig, proportion, shareHalfUp } from "../../kernel/money";
import { type Bill, type Price, type Programme, price, type Reason, type Standing } from "../model";

/** Something a member holds that takes money off one bill. */
export type Rebate = { readonly name: string } & (
  | { readonly kind: "amount"; readonly minor: bigint }
  | { readonly kind: "percent"; readonly bps: number }
);

type Priced = ReturnType<typeof price>;

/**
 * Prices a bill with what the member holds taken off first; everything else is worked out on the rest.
 *
 * Shape: what comes off counts as discount; amounts before percents, so that the order they were brought in does not matter.
 * Units: minor units, percents half up; together never more than the bill.
 */
export function priceWithRebates(
  programme: Programme,
  standing: Standing,
  bill: Bill,
  rebates: readonly Rebate[],
  now: Date,
  zone: string,
): Priced {
  const taken = takenBy(rebates, bill.totalMinor);
  const off = taken.reduce((sum, { minor }) => sum + minor, 0n);
  if (off === 0n) return price(programme, standing, bill, now, zone);
  const result = price(programme, standing, without(bill, off), now, zone);
  if (!result.ok) return result;
  const because: Reason[] = taken.map(({ name, minor }) => ({
    code: "reward_off",
    reward: name,
    minor: minor.toString(),
  }));
  return { ok: true, price: withRebate(result.price, bill, off, because) };
}

function takenBy(rebates: readonly Rebate[], totalMinor: bigint): { name: string; minor: bigint }[] {
  let left = totalMinor;
  return rebates
    .toSorted((a, b) => (a.kind === b.kind ? 0 : a.kind === "amount" ? -1 : 1))
    .map((rebate) => {
      const whole = rebate.kind === "amount" ? rebate.minor : shareHalfUp(left, rebate.bps);
      const minor = minBig(whole, left);
      left -= minor;
      return { name: rebate.name, minor };
    });
}

/** The bill that is left; its lines shrink in proportion, as running totals, so that they still fit in it. */
function without(bill: Bill, off: bigint): Bill {
  const totalMinor = bill.totalMinor - off;
  let before = 0n;
  const upTo = (amount: bigint) => proportion(amount, totalMinor, bill.totalMinor);
  const lines = bill.lines?.map((line) => {
    const after = before + line.amountMinor;
    const amountMinor = upTo(after) - upTo(before);
    before = after;
    return { ...line, amountMinor };
  });
  return {
    ...bill,
    totalMinor,
    skipMinor: minBig(bill.skipMinor, totalMinor),
    unredeemableMinor: minBig(bill.unredeemableMinor, totalMinor),
    ...(lines && { lines }),
  };
}

function withRebate(priced: Price, bill: Bill, off: bigint, because: readonly Reason[]): Price {
  return {
    ...priced,
    totalMinor: bill.totalMinor,
    skipMinor: bill.skipMinor,
    unredeemableMinor: bill.unredeemableMinor,
    discountMinor: priced.discountMinor + off,
    because: [...because, ...priced.because],
  };
}
