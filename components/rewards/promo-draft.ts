import type { PromoFigures } from "@/lib/program";
import type { keepPromo } from "@/lib/program/actions";
import type { Named } from "./reward-dialog";

type Typed = bigint | null | undefined;
/** What stands in the form of a campaign. */
export type PromoDraft = {
  name: string;
  kind: "shared" | "unique";
  code: string;
  brings: "points" | "reward";
  points: Typed;
  pointsDays: Typed;
  rewardId: string;
  limitTotal: Typed;
  limitPerMember: Typed;
  onlyNew: boolean;
  startsOn: string;
  endsOn: string;
};

const HALF_DAY_MS = 43_200_000;
const day = (at: Date | null | undefined, shiftMs: number) =>
  at ? new Date(at.getTime() + shiftMs).toISOString().slice(0, 10) : "";

/** The form as it opens. */
export function promoDraft(promo: PromoFigures | undefined, rewards: readonly Named[]): PromoDraft {
  const brings = promo?.brings;
  const first = rewards[0]?.id.toString() ?? "";
  return {
    name: promo?.name ?? "",
    kind: promo?.kind ?? "shared",
    code: promo?.code ?? "",
    brings: brings?.kind ?? "points",
    points: brings?.kind === "points" ? brings.points : null,
    pointsDays: brings?.kind === "points" && brings.days !== null ? BigInt(brings.days) : null,
    rewardId: brings?.kind === "reward" ? brings.rewardId.toString() : first,
    limitTotal: promo?.limitTotal ? BigInt(promo.limitTotal) : null,
    limitPerMember: BigInt(promo?.limitPerMember ?? 1),
    onlyNew: promo?.onlyNew ?? false,
    startsOn: day(promo?.startsAt, HALF_DAY_MS),
    endsOn: day(promo?.endsAt, -HALF_DAY_MS),
  };
}

type Input = Exclude<Parameters<typeof keepPromo>[1], FormData>;

/** The form as it is saved; nothing while a field cannot be read. */
export function promoInput(draft: PromoDraft, id: bigint | null): Input | undefined {
  const { limitTotal, limitPerMember, points, pointsDays } = draft;
  if (limitTotal === undefined || typeof limitPerMember !== "bigint") return undefined;
  const brings = bringsOf(draft.brings, points, pointsDays, draft.rewardId);
  if (!brings) return undefined;
  return {
    id,
    name: draft.name,
    kind: draft.kind,
    code: draft.kind === "shared" && draft.code !== "" ? draft.code : null,
    brings,
    limitTotal: limitTotal === null ? null : Number(limitTotal),
    limitPerMember: Number(limitPerMember),
    onlyNew: draft.onlyNew,
    startsOn: draft.startsOn || null,
    endsOn: draft.endsOn || null,
  };
}

function bringsOf(
  kind: PromoDraft["brings"],
  points: Typed,
  days: Typed,
  rewardId: string,
): Input["brings"] | undefined {
  if (kind === "reward") return rewardId === "" ? undefined : { kind: "reward", rewardId: BigInt(rewardId) };
  if (typeof points !== "bigint" || days === undefined) return undefined;
  return { kind: "points", points, days: days === null ? null : Number(days) };
}
