/** The simulation's door: lines of JSON with progress, a version of before, one running per business, and who is let in. */
import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { play, programme, saveProgramme } from "@/lib/program";
import { simulationAsked } from "@/lib/program/schema";
import { refusal } from "@/tests/support/doors";
import { buy } from "@/tests/support/rewards";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
const now = () => at(ctx, days(NOON, 3));
const ask = (change: object = {}) =>
  simulationAsked.parse({ isUnchanged: false, version: null, days: 30, marginBps: 5_000, ...change });

type Line = { done?: number; total?: number; code?: string; result?: Record<string, unknown> };
async function linesOf(stream: ReadableStream<Uint8Array>): Promise<Line[]> {
  const text = await new Response(stream).text();
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

beforeAll(async () => {
  ctx = await newBusiness({ welcome: null });
  const memberId = await newMember(ctx, "+380671117788");
  for (let visit = 0; visit < 5; visit += 1) await buy(at(ctx, days(NOON, visit / 2)), memberId, 10_000n);
  const { version, rules: _, ...settings } = await programme(now());
  await saveProgramme(now(), version, { ...settings, base: { ...settings.base, rateBps: 1_000 } } as never);
});

test("tells how far it is and then the outcome: unchanged it is what was", async () => {
  const lines = await linesOf(await play(now(), ask({ isUnchanged: true })));
  expect(lines.slice(0, -1).at(-1)).toEqual({ done: 5, total: 5 });
  const { result } = lines.at(-1) ?? {};
  expect(result).toMatchObject({ days: 30, share: 1 });
  expect(result?.did).toEqual(result?.would);
});

test("plays the programme in force and a version of before, which differ by the rate", async () => {
  const outcome = async (change: object) => (await linesOf(await play(now(), ask(change)))).at(-1)?.result;
  const [inForce, before] = [await outcome({}), await outcome({ version: 1 })];
  expect(inForce?.did).toEqual(before?.did);
  // Five bills of 100: 5 % of them then, 10 % now.
  expect([before?.would, inForce?.would]).toEqual([
    expect.objectContaining({ issued: 2_500 }),
    expect.objectContaining({ issued: 5_000 }),
  ]);
  expect(await refusal(play(now(), ask({ version: 99 })))).toBe("not_found");
});

test("ends when nobody waits for it, or when the same business asks anew", async () => {
  const gone = new AbortController();
  gone.abort();
  expect(await linesOf(await play(now(), ask(), gone.signal))).toEqual([]);
  const first = await play(now(), ask());
  const second = await play(now(), ask());
  expect((await linesOf(second)).at(-1)).toHaveProperty("result");
  expect((await linesOf(first)).some((line) => line.result !== undefined)).toBe(false);
});

test("is not for members", async () => {
  const guest: Context = { ...ctx, actor: { kind: "member", id: 1n, personId: 1n } };
  expect(await refusal(play(guest, ask()))).toBe("forbidden");
});
