/** The worst day: workers killed outright, again and again, while ten thousand messages go out. Everybody gets theirs, once. */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { withBusiness } from "@/lib/platform/db";
import { asOwner } from "@/tests/support/database";
import { HELLO, rule } from "@/tests/support/messages";
import { PushStandIn, ResendStandIn } from "@/tests/support/stand-ins";
import { newBusiness } from "@/tests/support/world";
import { queueMessages } from "..";
import { LEASE_MS } from "./model";

const EACH = 5_000;
const KILLS = 4;
const push = await new PushStandIn().start();
const resend = await new ResendStandIn().start();
let worker: ChildProcess | undefined;
afterAll(() => {
  worker?.kill("SIGKILL");
  push.stop();
  resend.stop();
});

const root = process.cwd();
function startWorker(): void {
  worker = spawn(
    process.execPath,
    ["--import", path.join(root, "scripts/runner/loader.mjs"), path.join(root, "tests/support/sender.ts")],
    {
      env: {
        ...process.env,
        KOLO_ALLOW_PRIVATE: "1",
        RESEND_API_KEY: "re",
        RESEND_BASE_URL: resend.url,
        TZ: "UTC",
      },
      stdio: "ignore",
    },
  );
}

/** Members by the thousand, in one stroke: half take push, half have mail. */
async function members(ctx: Context): Promise<{ pushed: bigint[]; mailed: bigint[] }> {
  const first = ctx.business.id + 1_000_000n;
  await asOwner(
    `INSERT INTO member (business_id, id, source, invite_code, created_at)
     SELECT $1, $2::bigint + n, 'test', 'c' || n, $3 FROM generate_series(1, $4) n`,
    [ctx.business.id, first, ctx.now, EACH * 2],
  );
  await asOwner(
    `INSERT INTO member_profile (business_id, member_id, name, email, search)
     SELECT $1, $2::bigint + n, 'M' || n, 'm' || n || '@example.com', '' FROM generate_series(1, $3) n`,
    [ctx.business.id, first, EACH * 2],
  );
  await asOwner(
    `INSERT INTO member_stats (business_id, member_id) SELECT $1, $2::bigint + n FROM generate_series(1, $3) n`,
    [ctx.business.id, first, EACH * 2],
  );
  const ids = Array.from({ length: EACH * 2 }, (_, n) => first + BigInt(n + 1));
  const pushed = ids.slice(0, EACH);
  const browsers = pushed.map((id) => push.subscribe(id.toString()));
  await asOwner(
    `INSERT INTO push_subscription (business_id, member_id, id, endpoint, p256dh, auth, created_at)
     SELECT $1, b.member, b.member, b.endpoint, b.p256dh, b.auth, $6
     FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) AS b(member, endpoint, p256dh, auth)`,
    [
      ctx.business.id,
      pushed,
      browsers.map(({ endpoint }) => endpoint),
      browsers.map(({ p256dh }) => p256dh),
      browsers.map(({ auth }) => auth),
      ctx.now,
    ],
  );
  return { pushed, mailed: ids.slice(EACH) };
}

const left = async (ctx: Context) => {
  const [row] = await asOwner<{ count: number }>(
    "SELECT count(*)::int AS count FROM message WHERE business_id = $1 AND state IN ('queued', 'sending')",
    [ctx.business.id],
  );
  return row?.count ?? 0;
};

test("ten thousand messages, four killed workers: each member gets exactly one", {
  timeout: 600_000,
}, async () => {
  const ctx = { ...(await newBusiness()), now: new Date() };
  await rule(ctx, {
    assumed: ["push", "email", "inbox"],
    quiet: null,
    pace: { push: 10_000, email: 10_000, telegram: 1, sms: 1 },
  });
  const { pushed, mailed } = await members(ctx);
  await withBusiness(ctx.business.id, async (tx) => {
    await queueMessages(tx, ctx, { ...HELLO, channels: ["push"], memberIds: pushed, key: "p" });
    await queueMessages(tx, ctx, { ...HELLO, channels: ["email"], memberIds: mailed, key: "e" });
  });
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const goal = (2 * EACH * kill) / (KILLS + 2);
    startWorker();
    while (push.received.length + resend.letters.length < goal) {
      if (worker?.exitCode !== null) throw new Error(`the senders gave up: ${worker?.exitCode}`);
      await sleep(20);
    }
    worker?.kill("SIGKILL");
    await new Promise((resolve) => worker?.once("exit", resolve));
    // The leases of the dead run out.
    await asOwner(
      "UPDATE message SET due_at = due_at - make_interval(secs => $2) WHERE business_id = $1 AND due_at > now()",
      [ctx.business.id, LEASE_MS / 1000],
    );
  }
  startWorker();
  while ((await left(ctx)) > 0) {
    if (worker?.exitCode !== null) throw new Error(`the senders gave up: ${worker?.exitCode}`);
    await sleep(200);
  }
  expect(new Set(resend.letters.map(({ to }) => to)).size).toBe(EACH);
  expect(resend.letters).toHaveLength(EACH);
  // A push repeated after a death carries the same topic and tag: the phone shows it once.
  const shown = new Set(
    push.received.map(({ browser, topic, payload }) => `${browser} ${topic} ${payload.tag}`),
  );
  expect(shown.size).toBe(EACH);
  const states = await asOwner(
    "SELECT state, channel, count(*)::int AS count FROM message WHERE business_id = $1 GROUP BY 1, 2 ORDER BY 2",
    [ctx.business.id],
  );
  expect(states).toEqual([
    { state: "sent", channel: "email", count: EACH },
    { state: "sent", channel: "push", count: EACH },
  ]);
});
