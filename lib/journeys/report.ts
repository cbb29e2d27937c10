import "server-only";
import { type Context, require } from "../access";
import { Refused } from "../kernel/refusals";
import { type Tx, withBusiness } from "../platform/db";
import * as drawn from "./drawn/store";
import {
  type Contrast,
  incremental,
  means,
  ratioChance,
  type Sums,
  shares,
  type Verdict,
  verdict,
} from "./proof/model";
import * as results from "./results/store";
import type { BranchStep, Definition } from "./schema";
import * as store from "./store";
import { allSteps } from "./walk/model";

type Figure = {
  readonly contrast: Contrast;
  readonly total: ReturnType<typeof incremental>;
  readonly verdict: Verdict;
};
/** What a journey or campaign brought. Money in currency units, points in hundredths. */
export type Report = {
  readonly windowDays: number;
  readonly controlBps: number;
  readonly treated: Side;
  readonly control: Side;
  /** For each person, and in all, beyond what they would have brought anyway. */
  readonly revenue: Figure;
  readonly visits: Figure;
  /** The share of people who came at all. */
  readonly visited: { readonly contrast: Contrast; readonly verdict: Verdict };
  readonly ratioChance: number;
  readonly cost: { readonly points: bigint; readonly discountMinor: bigint; readonly messages: number };
  readonly experiments: readonly Tried[];
  readonly deliveries: readonly results.Delivery[];
  readonly channels: readonly { channel: string; messages: number }[];
  readonly refusals: readonly { reason: string; people: number }[];
  readonly overlaps: readonly { id: bigint; name: string; kind: string; people: number }[];
};
export type Side = {
  readonly n: number;
  readonly visited: number;
  readonly visits: number;
  readonly revenue: number;
  /** Whose window is still open. */
  readonly open: number;
};

type Experiment = Extract<BranchStep, { kind: "experiment" }>;
/** How the branches of one A/B test stand: how many were drawn into each, how many did what counts, and which one won, if any. */
export type Tried = Pick<Experiment, "id" | "metric" | "leastPerArm"> & {
  readonly arms: readonly {
    readonly id: string;
    readonly label: string;
    readonly n: number;
    readonly x: number;
  }[];
  readonly winner: string | null;
};

const NOBODY: Sums = { n: 0, y: 0, yy: 0, x: 0, xx: 0, xy: 0 };

/** The report as of now. Refuses: `not_found`, also for a draft that never ran. */
export async function report(ctx: Context, id: bigint): Promise<Report> {
  require(ctx, "journeys:read");
  const place = { businessId: ctx.business.id, id };
  return await withBusiness(place.businessId, async (tx) => {
    const journey = await drawn.find(tx, place.businessId, id);
    if (!journey || journey.version === 0) throw new Refused("not_found");
    const definition = await drawn.liveDefinition(tx, place.businessId, id, journey.version);
    const { windowDays, controlBps } = definition;
    const arms = await results.armSums(tx, place, windowDays, ctx.now);
    const channels = await results.byChannel(tx, place);
    const treated = arms.find((arm) => !arm.isControl);
    return {
      windowDays,
      controlBps,
      ...compared(
        treated,
        arms.find((arm) => arm.isControl),
        controlBps,
      ),
      cost: {
        points: (await results.pointsGiven(tx, place)) + (await results.pointsSent(tx, place)),
        discountMinor: treated?.discountMinor ?? 0n,
        messages: channels.reduce((sum, one) => sum + one.messages, 0),
      },
      experiments: await tried(tx, place, definition),
      deliveries: await results.deliveries(tx, place),
      channels,
      refusals: await results.refusals(tx, place),
      overlaps: await results.overlaps(tx, place, windowDays),
    };
  });
}

async function tried(
  tx: Tx,
  place: { businessId: bigint; id: bigint },
  { steps }: Definition,
): Promise<Tried[]> {
  const experiments = allSteps(steps).filter((step): step is Experiment => step.kind === "experiment");
  const winners = experiments.length === 0 ? {} : await store.winners(tx, place);
  const shown: Tried[] = [];
  for (const { id, metric, leastPerArm, branches } of experiments) {
    const known = await store.armsOf(tx, place, id, metric);
    const arms = branches.map((branch) => {
      const { n, x } = known.find((arm) => arm.id === branch.id) ?? { n: 0, x: 0 };
      return { id: branch.id, label: branch.label, n, x };
    });
    shown.push({ id, metric, leastPerArm, arms, winner: winners[id] ?? null });
  }
  return shown;
}

function compared(
  treated: results.ArmSums | undefined,
  control: results.ArmSums | undefined,
  controlBps: number,
) {
  const [a, b] = [sideOf(treated), sideOf(control)];
  const figure = (of: "revenue" | "visits"): Figure => {
    const contrast = means(treated?.[of] ?? NOBODY, control?.[of] ?? NOBODY);
    return { contrast, total: incremental(a.n, contrast), verdict: verdict(a.n, b.n, controlBps, contrast) };
  };
  const visited = shares({ n: a.n, x: a.visited }, { n: b.n, x: b.visited });
  return {
    treated: a,
    control: b,
    revenue: figure("revenue"),
    visits: figure("visits"),
    visited: { contrast: visited, verdict: verdict(a.n, b.n, controlBps, visited) },
    ratioChance: ratioChance(a.n, b.n, controlBps),
  };
}

const sideOf = (arm: results.ArmSums | undefined): Side => ({
  n: arm?.revenue.n ?? 0,
  visited: arm?.visited ?? 0,
  visits: arm?.visits.y ?? 0,
  revenue: arm?.revenue.y ?? 0,
  open: arm?.open ?? 0,
});
