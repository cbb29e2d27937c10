/**
 * Lets a year go by for the journeys of an installation, under a clock of the test's own; run by scripts/run.mjs:
 * `a-year.ts SLUG EMAIL...`. What the business's members did until now has happened; from here on only time passes. At the end every
 * journey of the business is stopped, so that nothing of that year goes on in ours.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { allBusinesses, type Context, systemContext } from "@/lib/access";
import { listJourneys, turn } from "@/lib/journeys";
import { addDays, dayOf, daysBetween, instantAt } from "@/lib/kernel/time";
import { sendDue } from "@/lib/messaging";
import { disconnect } from "@/lib/platform/db";
import { handlers, minters } from "@/lib/wiring";
import { connected } from "../../scripts/runner/connect";
import { pass } from "./journeys";

const NOON_MINUTES = 12 * 60;
/** Days after today on which something of the ready-made journeys falls due, each with the morning after it. */
const DAYS = [
  1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 30, 31, 32, 60, 61, 62, 63, 90, 91, 92, 93, 94, 95, 99, 100, 101, 365,
  366, 367,
  // Once more, so that nobody is left with news of a year to come.
  368,
];

/** Everything that is due at a moment happens. */
async function passAndSend(now: Date): Promise<void> {
  await pass(now, handlers);
  await sendDue({ minters, now: () => now });
}

/** Waits until the installation's own worker has heard all that was done: what it holds, nobody else sees. */
async function caughtUp(ownerUrl: string): Promise<void> {
  await connected(ownerUrl, async (client) => {
    for (let tries = 0; tries < 300; tries += 1) {
      const { rows } = await client.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM outbox WHERE dead_at IS NULL AND due_at <= now()",
      );
      if (rows[0]?.n === 0) return;
      await sleep(100);
    }
    throw new Error("the worker did not catch up");
  });
}

/** A week before the members' points burn. */
async function eves(ctx: Context, ownerUrl: string, emails: readonly string[]): Promise<number[]> {
  const { zone } = ctx.business;
  return await connected(ownerUrl, async (client) => {
    const { rows } = await client.query<{ at: Date }>(
      `SELECT l.expires_at AS at FROM lot l JOIN member_profile p ON p.business_id = l.business_id AND p.member_id = l.member_id
       WHERE l.business_id = $1 AND p.email = ANY ($2) AND l.remaining >= 5000 AND l.expires_at IS NOT NULL`,
      [ctx.business.id, emails],
    );
    const today = dayOf(ctx.now, zone);
    return rows
      .map(({ at }) => daysBetween(today, dayOf(at, zone)))
      .flatMap((days) => [days - 8, days - 7, days - 6])
      .filter((days) => days > 0);
  });
}

const [slug = "", ...emails] = process.argv.slice(2);
const ownerUrl = process.env.DATABASE_URL ?? "";
const business = (await allBusinesses()).find((one) => one.slug === slug);
if (!business) throw new Error(`no business ${slug}`);
const ctx = systemContext(business, "test", new Date());
const today = dayOf(ctx.now, business.zone);
try {
  await caughtUp(ownerUrl);
  const burning = await eves(ctx, ownerUrl, emails);
  for (const days of [...new Set([...DAYS, ...burning])].toSorted((a, b) => a - b))
    await passAndSend(instantAt(addDays(today, days), NOON_MINUTES, business.zone));
} finally {
  for (const one of await listJourneys(ctx, "journey"))
    if (one.state === "live") await turn(ctx, one.id, "stop");
  // Places in the queue of a channel were given out for the year to come.
  await connected(ownerUrl, (client) =>
    client.query("DELETE FROM message_lane WHERE business_id = $1", [business.id]),
  );
}
await disconnect();
