/** Messaging: a million recipients queued, push against the bare loop of encryption and POST, letters in batches. */
import type pg from "pg";
import webpush from "web-push";
import { findBusiness, systemContext } from "../../lib/access";
import { queueMessages, sendDue } from "../../lib/messaging";
import { disconnect, withBusiness } from "../../lib/platform/db";
import { callOutward } from "../../lib/platform/outward";
import { saveProgramme } from "../../lib/program";
import { startingProgramme } from "../../lib/program/schema";
import { PushStandIn, ResendStandIn } from "../../tests/support/stand-ins";
import { connected } from "../runner/connect";
import { openDatabase } from "./place";
import { sizeOr } from "./size";

const BUSINESS = 7n;
const FIRST = 1_000_000n;
const RECIPIENTS = sizeOr(1_000_000);
const PUSHES = Math.min(5_000, RECIPIENTS / 2);
const LETTERS = PUSHES;
const CONCURRENCY = 64;

const SETTINGS = {
  quiet: null,
  caps: { day: null, week: null, channel: {}, kind: {} },
  pace: { push: 10_000, email: 10_000, telegram: 10, sms: 10 },
  assumed: ["push", "email", "inbox"],
};
const CONTENT = {
  locales: { en: { title: "Hi {name}", text: "You have {points} points", button: "Open", url: "/card" } },
};

export async function benchMessaging(): Promise<void> {
  const place = await openDatabase();
  const push = await new PushStandIn().start();
  const resend = await new ResendStandIn().start();
  Object.assign(process.env, { KOLO_ALLOW_PRIVATE: "1", RESEND_API_KEY: "re", RESEND_BASE_URL: resend.url });
  try {
    await connected(place.ownerUrl, async (owner) => {
      await populate(owner);
      await queueing(owner);
      await pushing(owner, push);
      await mailing(owner);
    });
  } finally {
    push.stop();
    resend.stop();
    await disconnect();
    await place.close();
  }
}

async function populate(owner: pg.Client): Promise<void> {
  const say = (sql: string, values: unknown[]) => owner.query(sql, values);
  await say(
    `INSERT INTO business (id, name, slug, join_code, currency, locale, zone, accent, created_at)
     VALUES ($1, 'Bench', 'bench', 'BENCH', 'UAH', 'en', 'Europe/Kyiv', '#0c6b58', now())`,
    [BUSINESS],
  );
  await saveProgramme(
    await context(),
    0,
    startingProgramme({ base: "Base", silver: "Silver", gold: "Gold" }),
  );
  await say("INSERT INTO messaging_setting (business_id, settings, updated_at) VALUES ($1, $2, now())", [
    BUSINESS,
    JSON.stringify(SETTINGS),
  ]);
  await say(
    `INSERT INTO member (business_id, id, source, invite_code, created_at)
     SELECT $1, $2::bigint + n, 'bench', 'c' || n, now() FROM generate_series(1, $3) n`,
    [BUSINESS, FIRST, RECIPIENTS],
  );
  const reachable = PUSHES + LETTERS;
  await say(
    `INSERT INTO member_profile (business_id, member_id, name, email, search)
     SELECT $1, $2::bigint + n, 'M' || n, CASE WHEN n > $4 THEN 'm' || n || '@example.com' END, '' FROM generate_series(1, $3) n`,
    [BUSINESS, FIRST, reachable, PUSHES],
  );
  await say(
    "INSERT INTO member_stats (business_id, member_id) SELECT $1, $2::bigint + n FROM generate_series(1, $3) n",
    [BUSINESS, FIRST, reachable],
  );
  await owner.query("ANALYZE");
}

const idsOf = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => FIRST + BigInt(from + n + 1));

async function context() {
  const business = await findBusiness({ id: BUSINESS });
  if (!business) throw new Error("the business was just made");
  return systemContext(business, "bench", new Date());
}

async function queue(key: string, channel: "push" | "email", memberIds: readonly bigint[]): Promise<number> {
  const ctx = await context();
  const began = performance.now();
  // In several transactions, as a campaign does: none holds its locks for long.
  for (let from = 0; from < memberIds.length; from += 100_000)
    await withBusiness(BUSINESS, (tx) =>
      queueMessages(tx, ctx, {
        purpose: "marketing",
        kind: "offer",
        channels: [channel],
        content: CONTENT,
        source: { kind: "campaign", id: key },
        memberIds: memberIds.slice(from, from + 100_000),
        key,
      }),
    );
  return (performance.now() - began) / 1000;
}

async function queueing(owner: pg.Client): Promise<void> {
  const seconds = await queue("million", "push", idsOf(0, RECIPIENTS));
  console.log(`queued ${RECIPIENTS} recipients in ${seconds.toFixed(1)} s (budget for a million: 60 s)`);
  await owner.query("TRUNCATE message, message_event");
}

async function pushing(owner: pg.Client, push: PushStandIn): Promise<void> {
  const members = idsOf(0, PUSHES);
  const browsers = members.map((id) => push.subscribe(id.toString()));
  const vapid = webpush.generateVAPIDKeys();
  const headers = webpush.getVapidHeaders(
    push.url,
    "mailto:a@example.com",
    vapid.publicKey,
    vapid.privateKey,
    "aes128gcm",
  );
  await openLines(push.url);
  const bareCpu = cpuOf(PUSHES);
  const bare = await inTurn(browsers, async ({ endpoint, p256dh, auth }) => {
    const { cipherText } = webpush.encrypt(
      p256dh,
      auth,
      JSON.stringify({ title: "Hi M1", body: "You have 0 points" }),
      "aes128gcm",
    );
    await callOutward(endpoint, {
      body: cipherText,
      headers: { Authorization: headers.Authorization, "Content-Encoding": "aes128gcm", TTL: "60" },
    });
  });
  const bareMs = bareCpu();
  await owner.query(
    `INSERT INTO push_subscription (business_id, member_id, id, endpoint, p256dh, auth, created_at)
     SELECT $1, b.member, b.member, b.endpoint, b.p256dh, b.auth, now()
     FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) AS b(member, endpoint, p256dh, auth)`,
    [
      BUSINESS,
      members,
      browsers.map(({ endpoint }) => endpoint),
      browsers.map(({ p256dh }) => p256dh),
      browsers.map(({ auth }) => auth),
    ],
  );
  push.received.length = 0;
  await queue("push", "push", members);
  const ourCpu = cpuOf(PUSHES);
  const seconds = await drain();
  const ourMs = ourCpu();
  const ours = push.received.length / seconds;
  console.log(
    `push: bare loop ${bare.toFixed(0)}/s, through the gate ${ours.toFixed(0)}/s: ${(ours / bare).toFixed(2)} x (budget 0.80)`,
  );
  console.log(
    `      this process's CPU for one: bare ${bareMs.toFixed(2)} ms, through the gate ${ourMs.toFixed(2)} ms, the service's own part in both`,
  );
}

/** Starts a stop-watch of this process's CPU; it answers milliseconds for one of `count`. Steadier than time on a machine that is shared. */
function cpuOf(count: number): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / count;
  };
}

/**
 * Opens as many lines as the loops will use, before anything is measured: a process accepts one in each turn of its loop, and while it
 * encrypts, verifies and decrypts in every turn, the last of them would wait past its time.
 */
async function openLines(url: string): Promise<void> {
  await Promise.all(Array.from({ length: CONCURRENCY }, () => callOutward(`${url}/push/nobody`)));
}

async function mailing(owner: pg.Client): Promise<void> {
  await queue("mail", "email", idsOf(PUSHES, LETTERS));
  const seconds = await drain();
  const { rows } = await owner.query(
    "SELECT count(*)::int AS count FROM message WHERE channel = 'email' AND state = 'sent'",
  );
  const [row] = rows as { count: number }[];
  console.log(`e-mail in batches of 100: ${((row?.count ?? 0) / seconds).toFixed(0)} letters/s`);
}

async function drain(): Promise<number> {
  const began = performance.now();
  await sendDue({ minters: {}, now: () => new Date() });
  return (performance.now() - began) / 1000;
}

/** Calls a second, some at a time. */
async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<number> {
  const waiting = [...items];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let item = waiting.shift(); item; item = waiting.shift()) await work(item);
    }),
  );
  return items.length / ((performance.now() - began) / 1000);
}
