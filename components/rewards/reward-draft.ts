import type { keepReward } from "@/lib/program/actions";
import type { Reward, RewardColor, RewardEffect, RewardIcon } from "@/lib/program/model";

/** A number field: null is empty, undefined is something that cannot be read. */
type Typed = bigint | null | undefined;

/** What stands in the form of a reward. */
export type RewardDraft = {
  name: string;
  description: string;
  icon: RewardIcon;
  color: RewardColor;
  effect: RewardEffect["kind"];
  effectMinor: Typed;
  effectBps: Typed;
  ruleId: string;
  itemId: string;
  uses: Typed;
  validDays: Typed;
  pricePoints: Typed;
  priceMinor: Typed;
  stock: Typed;
  limitCount: Typed;
  limitDays: Typed;
  segmentId: string;
  tierIds: readonly string[];
  startsOn: string;
  endsOn: string;
};

const count = (value: number | null): bigint | null => (value === null ? null : BigInt(value));
const DAY_MS = 86_400_000;
/** The calendar day an instant begins, as a date field holds it; near enough to noon for every zone. */
const dayOf = (at: Date | null, shiftMs: number): string =>
  at === null ? "" : new Date(at.getTime() + shiftMs).toISOString().slice(0, 10);

/** The form as it opens. */
export function draftOf(reward: Reward | undefined, preset: "reward" | "package"): RewardDraft {
  const isPackage = preset === "package";
  if (!reward)
    return {
      name: "",
      description: "",
      icon: isPackage ? "ticket" : "gift",
      color: isPackage ? "blue" : "brand",
      effect: "thing",
      effectMinor: null,
      effectBps: null,
      ruleId: "",
      itemId: "",
      uses: isPackage ? 10n : 1n,
      validDays: isPackage ? 180n : 30n,
      pricePoints: null,
      priceMinor: null,
      stock: null,
      limitCount: null,
      limitDays: null,
      segmentId: "",
      tierIds: [],
      startsOn: "",
      endsOn: "",
    };
  const { effect } = reward;
  return {
    name: reward.name,
    description: reward.description,
    icon: reward.icon,
    color: reward.color,
    effect: effect.kind,
    effectMinor: effect.kind === "amount" ? effect.minor : null,
    effectBps: effect.kind === "percent" ? BigInt(effect.bps) : null,
    ruleId: effect.kind === "rule" ? effect.ruleId.toString() : "",
    itemId: reward.itemId?.toString() ?? "",
    uses: BigInt(reward.uses),
    validDays: count(reward.validDays),
    pricePoints: reward.pricePoints,
    priceMinor: reward.priceMinor,
    stock: count(reward.stock),
    limitCount: count(reward.limitCount),
    limitDays: count(reward.limitDays),
    segmentId: reward.segmentId?.toString() ?? "",
    tierIds: reward.tierIds,
    startsOn: dayOf(reward.startsAt, DAY_MS / 2),
    endsOn: dayOf(reward.endsAt, -DAY_MS / 2),
  };
}

type Input = Parameters<typeof keepReward>[1];
const whole = (value: bigint | null): number | null => (value === null ? null : Number(value));

/** The form as it is saved; nothing while a field cannot be read. */
export function inputOf(
  draft: RewardDraft,
  before: Pick<Reward, "id"> | undefined,
): Exclude<Input, FormData> | undefined {
  const effect = effectOf(draft);
  const { uses, validDays, pricePoints, priceMinor, stock, limitCount, limitDays } = draft;
  if (!effect || uses === undefined || uses === null) return undefined;
  if (validDays === undefined || pricePoints === undefined || priceMinor === undefined) return undefined;
  if (stock === undefined || limitCount === undefined || limitDays === undefined) return undefined;
  return {
    id: before?.id ?? null,
    name: draft.name,
    description: draft.description,
    icon: draft.icon,
    color: draft.color,
    effect,
    // Money off is off the whole bill: only a thing is one of the catalogue.
    itemId: draft.effect !== "thing" || draft.itemId === "" ? null : BigInt(draft.itemId),
    uses: Number(uses),
    validDays: whole(validDays),
    pricePoints,
    priceMinor,
    stock: whole(stock),
    limitCount: whole(limitCount),
    limitDays: whole(limitDays),
    segmentId: draft.segmentId === "" ? null : BigInt(draft.segmentId),
    tierIds: [...draft.tierIds],
    startsOn: draft.startsOn === "" ? null : draft.startsOn,
    endsOn: draft.endsOn === "" ? null : draft.endsOn,
  };
}

function effectOf({ effect, effectMinor, effectBps, ruleId }: RewardDraft): RewardEffect | undefined {
  switch (effect) {
    case "thing":
      return { kind: "thing" };
    case "amount":
      return typeof effectMinor === "bigint" ? { kind: "amount", minor: effectMinor } : undefined;
    case "percent":
      return typeof effectBps === "bigint" ? { kind: "percent", bps: Number(effectBps) } : undefined;
    case "rule":
      return ruleId === "" ? undefined : { kind: "rule", ruleId: BigInt(ruleId) };
  }
}
