import { expect, test } from "vitest";
import { createSegment } from "@/lib/segments";
import { newCrowd } from "@/tests/support/crowd";
import { asOwner } from "@/tests/support/database";
import { say } from "@/tests/support/journeys";
import { at, days, NOON, newBusiness } from "@/tests/support/world";
import { createJourney, estimate, goLive, journey, lookAfter } from "..";
import { emptyDefinition } from "../schema";

test("a campaign waits while its group is counted, says so, and then reaches all of it", async () => {
  const ctx = await newBusiness();
  await newCrowd(ctx, [1n, 2n, 3n, 4n, 5n]);
  const segmentId = await createSegment(ctx, {
    name: "All",
    rule: { version: 1, root: { kind: "all", nodes: [] } },
  });
  const begin = `UPDATE segment SET version = 2, build_after = 2, build_since = $2, build_told = false, build_done = 2, build_total = 5
    WHERE id = $1`;
  await asOwner(begin, [segmentId.toString(), NOON]);
  const audience = { kind: "segment", segmentId: segmentId.toString() } as const;
  expect(await estimate(ctx, audience)).toMatchObject({ isCounting: true });
  const id = await createJourney(ctx, {
    kind: "campaign",
    name: "To all",
    definition: {
      ...emptyDefinition,
      controlBps: 0,
      triggers: [{ kind: "schedule", schedule: { kind: "now" }, audience }],
      steps: [say("a")],
    },
    preset: null,
  });
  await goLive(ctx, { id, revision: 1, moves: false });
  await lookAfter(() => NOON);
  expect((await journey(ctx, id)).states).toEqual({});
  await asOwner(
    `UPDATE segment SET built_version = 2, build_after = NULL, build_since = NULL, build_told = NULL, build_done = NULL,
       build_total = NULL WHERE id = $1`,
    [segmentId.toString()],
  );
  expect(await estimate(ctx, audience)).toMatchObject({ isCounting: false, members: 5 });
  await lookAfter(() => days(NOON, 1));
  expect((await journey(at(ctx, days(NOON, 1)), id)).states).toEqual({ active: 5 });
});
