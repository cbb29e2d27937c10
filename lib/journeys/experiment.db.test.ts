/** An A/B test by its rule: dealt evenly, decided once one branch is surely better, told in the report, and walked by whoever comes then. */
import { expect, test } from "vitest";
import { asOwner } from "@/tests/support/database";
import { pass, say } from "@/tests/support/journeys";
import { at, NOON, newBusiness, newMember } from "@/tests/support/world";
import { createJourney, goLive, journey, report } from ".";
import { emptyDefinition } from "./schema";

const MEMBERS = 90;

test("the branch that is opened wins, and is what everybody gets from then on", async () => {
  const ctx = await newBusiness({ welcome: null });
  const id = await createJourney(ctx, {
    kind: "journey",
    name: "Which words",
    preset: null,
    definition: {
      ...emptyDefinition,
      controlBps: 0,
      triggers: [{ kind: "event", match: { type: "member.joined", where: [] } }],
      steps: [
        {
          kind: "experiment",
          id: "ab",
          metric: "opened",
          leastPerArm: 20,
          trial: null,
          branches: [
            { id: "aba", label: "Short", weight: 1, steps: [say("short", "short")] },
            { id: "abb", label: "Long", weight: 1, steps: [say("long", "long")] },
          ],
        },
      ],
    },
  });
  await goLive(ctx, { id, revision: 1, moves: false });
  for (let n = 0; n < MEMBERS; n += 1) await newMember(ctx, `+38067${3_000_000 + n}`);
  await pass(NOON);
  const later = (seconds: number) => new Date(NOON.getTime() + seconds * 1_000);
  await pass(later(20));
  expect((await report(at(ctx, later(20)), id)).experiments).toMatchObject([{ id: "ab", winner: null }]);

  await asOwner("UPDATE message SET opened_at = $2 WHERE source_id = $1 AND source_variant = 'abb'", [
    id.toString(),
    later(30),
  ]);
  await pass(later(60));
  expect((await journey(ctx, id)).winners).toEqual({ ab: "abb" });
  const [told] = (await report(at(ctx, later(60)), id)).experiments;
  const [short, long] = told?.arms ?? [];
  expect(told).toMatchObject({ winner: "abb", metric: "opened", leastPerArm: 20 });
  expect([short?.x, long?.x, (short?.n ?? 0) + (long?.n ?? 0)]).toEqual([0, long?.n, MEMBERS]);

  const newcomers = [];
  for (let n = 0; n < 6; n += 1)
    newcomers.push(await newMember(at(ctx, later(70)), `+38067${4_000_000 + n}`));
  await pass(later(80));
  const said = await asOwner<{ step: string }>(
    "SELECT source_step AS step FROM message WHERE member_id = ANY ($1)",
    [newcomers],
  );
  expect(said.map(({ step }) => step)).toEqual(newcomers.map(() => "long"));
});
