/** Fifty segments decided for everybody from nothing, part by part as the job does it: nobody is told. */
import type { Context } from "../../lib/access";
import { newId } from "../../lib/kernel/ids";
import { segmentById } from "../../lib/segments";
import { topicsOf } from "../../lib/segments/decide/needs/model";
import { rebuildSegment } from "../../lib/segments/rebuild/rebuild";
import { connected } from "../runner/connect";
import { Problem } from "../runner/problem";
import type { Question } from "./segment-questions";

const SEGMENTS = 50;
const EACH = 10;

/** Segments nobody was decided for yet, put in as rows: saving one by its verb would decide everybody, which is what is measured. */
async function prepare(ctx: Context, ownerUrl: string, all: readonly Question[]): Promise<bigint[]> {
  const ids: bigint[] = [];
  await connected(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ count: number }>("SELECT count(*)::int AS count FROM business");
    // What is emptied below must be nobody's but the benchmark's.
    if ((rows[0]?.count ?? 0) !== 1)
      throw new Problem("Rebuilding is measured on a database with the large seed alone.");
    await owner.query("TRUNCATE segment, segment_member, segment_check, segment_day, segment_stay");
    for (let no = 0; no < SEGMENTS; no += 1) {
      const one = all[no % all.length];
      if (!one) continue;
      const id = newId(ctx.now);
      await owner.query(
        `INSERT INTO segment (business_id, id, name, version, rule, topics, created_at, updated_at) VALUES ($1, $2, $3, 1, $4, $5, $6, $6)`,
        [
          ctx.business.id.toString(),
          id.toString(),
          `Segment ${no + 1}`,
          JSON.stringify(one.rule),
          topicsOf(one.rule),
          ctx.now,
        ],
      );
      ids.push(id);
    }
  });
  return ids;
}

export async function rebuilds(
  ctx: Context,
  ownerUrl: string,
  all: readonly Question[],
  say: (text: string) => void,
): Promise<void> {
  const ids = await prepare(ctx, ownerUrl, all);
  const began = performance.now();
  let rows = 0;
  for (const [no, id] of ids.entries()) {
    const since = performance.now();
    await rebuildSegment(ctx, id, false);
    const size = (await segmentById(ctx, id))?.size ?? 0;
    rows += size;
    const name = all[no % all.length]?.name ?? "";
    if (no < all.length)
      say(
        `rebuilt ${name.padEnd(52)} ${String(size).padStart(9)} ${(performance.now() - since).toFixed(0).padStart(7)} ms`,
      );
    if ((no + 1) % EACH === 0)
      say(
        `${no + 1} segments rebuilt from nothing: ${((performance.now() - began) / 1000).toFixed(1)} s, ${rows} memberships`,
      );
  }
}
