import "server-only";
import { type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { instantAt } from "../../kernel/time";
import { programme as programmeInForce, withRule } from "../../program";
import {
  type Bill,
  type Programme,
  price,
  type Reason,
  type RuleBody,
  type Standing,
} from "../../program/model";
import { basisOf, standingOf, withCategories } from "../basis";
import { customer } from "../index";
import type { TrialInput } from "../schema";

/** A bill worked out, paid in money; or why it cannot be. */
export type Tried =
  | {
      readonly ok: true;
      readonly discountMinor: bigint;
      readonly cashMinor: bigint;
      readonly earned: bigint;
      readonly maxPoints: bigint;
      readonly because: readonly Reason[];
    }
  | { readonly ok: false; readonly problem: string };
export type Trial = { readonly before: Tried; readonly after: Tried };

/**
 * Works a made-up bill out twice: as the programme is, and with a rule as it is being written; writes nothing.
 *
 * Shape: for a member, by their figures of now; for nobody in particular, by the ones given, who is in every group the rule asks
 * for if so wished. Time: the day and minute given, in the business's zone. Refuses: `not_found` for a member who is not there.
 */
export async function tryRule(
  ctx: Context,
  id: bigint | null,
  body: RuleBody,
  input: TrialInput,
): Promise<Trial> {
  require(ctx, "programme:read");
  const current = await programmeInForce(ctx);
  const draft = withRule(current, id, body);
  const at = instantAt(input.day, input.minute, ctx.business.zone);
  const known = input.memberId === null ? undefined : await customer(ctx, { memberId: input.memberId });
  if (input.memberId !== null && !known) throw new Refused("not_found");
  const lines = input.lines.map((line) => ({ ...line, name: "" }));
  const tried = async (programme: Programme): Promise<Tried> => {
    const basis = await basisOf(ctx, programme, lines);
    const standing = known ? standingOf(known, basis.budgets) : madeUp(input, body, at);
    const bill: Bill = {
      totalMinor: input.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      skipMinor: 0n,
      unredeemableMinor: 0n,
      points: 0n,
      lines: withCategories(lines, basis),
      locationId: input.locationId,
      isPrepaid: input.isPrepaid,
      held: input.isHeld ? [{ ruleId: draft.ruleId }] : [],
    };
    return workedOut(programme, standing, bill, at, ctx.business.zone);
  };
  return { before: await tried(current), after: await tried(draft.programme) };
}

function workedOut(programme: Programme, standing: Standing, bill: Bill, at: Date, zone: string): Tried {
  const result = price(programme, standing, bill, at, zone);
  if (!result.ok) return { ok: false, problem: result.problem };
  const { discountMinor, cashMinor, grants, maxPoints, because } = result.price;
  const earned = grants.reduce((sum, { points }) => sum + points, 0n);
  return { ok: true, discountMinor, cashMinor, earned, maxPoints, because };
}

/** Somebody with more points than any bill takes, so that what points may pay shows. */
const PLENTY = 1_000_000_000n;

function madeUp(
  { tierId, visits, spentMinor, isBirthday, isInGroups, day }: TrialInput,
  { when }: RuleBody,
  at: Date,
): Standing {
  return {
    tierId,
    available: PLENTY,
    isFirst: visits === 0,
    visits,
    lastAt: null,
    birthDate: isBirthday ? `1990-${day.slice(5)}` : null,
    createdAt: at,
    segments: isInGroups ? (when.segments ?? []) : [],
    tags: isInGroups ? (when.tags ?? []) : [],
    cashSpentMinor: spentMinor,
  };
}
