/** `npm run bench -- rules`: the evaluator at 10,000 live rules, and a simulation of 100,000 purchases. */
import { createBusiness, systemContext } from "../../lib/access";
import { disconnect } from "../../lib/platform/db";
import { changeProgramme, saveProgramme, simulate } from "../../lib/program";
import { ALWAYS, NO_CAPS, price, type RuleBody, type Standing } from "../../lib/program/model";
import { compile } from "../../lib/program/rules/compile/model";
import { startingProgramme } from "../../lib/program/schema";
import { connected } from "../runner/connect";
import { percentile } from "./load";
import { openDatabase } from "./place";

const RULES = 10_000;
const LINES = 50;
const ITEMS = 2_000;
const BILLS = 2_000;
const PURCHASES = 100_000;
const MEMBERS = 20_000;
const NAMES = { base: "Base", silver: "Silver", gold: "Gold" };
const ZONE = "Europe/Kyiv";

/** The same mixture every time. */
const pick = <T>(list: readonly [T, ...T[]], no: number): T => list[no % list.length] ?? list[0];

function ruleBody(no: number): RuleBody {
  const items = [BigInt((no * 7) % ITEMS) + 1n, BigInt((no * 13) % ITEMS) + 1n];
  const gives = pick<RuleBody["gives"]>(
    [
      { is: "extra", bps: 100 },
      { is: "rate", bps: 800 },
      { is: "discount", bps: 200 },
      { is: "points", points: 500n, per: "bill" },
      { is: "times", bps: 15_000 },
    ],
    no,
  );
  return {
    name: `Rule ${no}`,
    isOn: true,
    when: {
      ...ALWAYS,
      goods: no % 100 === 0 ? null : { items, categories: [], isExcept: false },
      tiers: no % 3 === 0 ? [pick(["silver", "gold"], no)] : null,
      segments: no % 4 === 0 ? [BigInt((no % 50) + 1)] : null,
      hours: no % 5 === 0 ? [{ weekdays: [(no % 7) + 1], from: 600, to: 1_200 }] : null,
      birthday: no % 20 === 0 ? { before: 7, after: 7 } : null,
      minBillMinor: no % 6 === 0 ? 1_000_000n : null,
    },
    gives,
    group: no % 2 === 0 ? { name: `g${no % 40}`, choose: "best" } : null,
    priority: no % 5,
    caps: no % 3 === 0 ? { ...NO_CAPS, perDay: 5_000n } : NO_CAPS,
    livesDays: null,
  };
}

/** Milliseconds of each evaluation, sorted. */
function evaluations(now: Date): number[] {
  const rules = Array.from({ length: RULES }, (_, no) => ({ id: BigInt(no + 1), ...ruleBody(no) }));
  const programme = { version: 1, ...startingProgramme(NAMES), rules: compile(rules) };
  const taken: number[] = [];
  for (let bill = 0; bill < BILLS; bill += 1) {
    const lines = Array.from({ length: LINES }, (_, no) => ({
      itemId: BigInt(((bill * 31 + no * 17) % ITEMS) + 1),
      category: null,
      quantity: 1,
      amountMinor: BigInt(1_000 + ((bill + no) % 900)),
    }));
    const standing: Standing = {
      tierId: pick(["base", "silver", "gold"], bill),
      available: 100_000n,
      isFirst: false,
      visits: bill % 30,
      lastAt: now,
      birthDate: `1990-${String((bill % 12) + 1).padStart(2, "0")}-15`,
      createdAt: now,
      segments: [BigInt((bill % 50) + 1), BigInt(((bill * 7) % 50) + 1)],
      tags: [],
      cashSpentMinor: 100_000n,
      uses: [],
    };
    const totalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
    const asked = { totalMinor, skipMinor: 0n, unredeemableMinor: 0n, points: 0n, lines };
    const since = performance.now();
    const result = price(programme, standing, asked, now, ZONE);
    taken.push(performance.now() - since);
    if (!result.ok) throw new Error(result.problem);
  }
  // The first hundred warm up.
  return taken.slice(100).toSorted((a, b) => a - b);
}

/** A business with a past: members, purchases over ninety days, lines. Made by one statement each, priced at the base rate. */
async function past(ownerUrl: string, businessId: bigint, now: Date): Promise<void> {
  await connected(ownerUrl, async (client) => {
    const first = BigInt(now.getTime() - 85 * 86_400_000 - 946_684_800_000) * 4096n;
    const step = (BigInt(80 * 86_400_000) * 4096n) / BigInt(PURCHASES);
    await client.query(
      `INSERT INTO member (business_id, id, source, invite_code, created_at)
       SELECT $1, $2::bigint + n, 'bench', 'b' || n, $3 FROM generate_series(1, ${MEMBERS}) n`,
      [businessId, first.toString(), now],
    );
    await client.query(
      `INSERT INTO member_stats (business_id, member_id, version, visits, cash_spent_minor)
       SELECT $1, $2::bigint + n, 0, ${PURCHASES / MEMBERS}, ${(PURCHASES / MEMBERS) * 10_000} FROM generate_series(1, ${MEMBERS}) n`,
      [businessId, first.toString()],
    );
    await client.query(
      `INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, points_earned, programme_version,
         tier_id, source, is_first, because)
       SELECT $1, $2::bigint + n * $3::bigint, 'purchase', 'normal', $2::bigint + (n % ${MEMBERS}) + 1,
         to_timestamp((($2::bigint + n * $3::bigint) / 4096 + 946684800000) / 1000.0), 10000, 10000, 500, 1, 'base', 'generated', n < ${MEMBERS}, '[]'
       FROM generate_series(0, ${PURCHASES - 1}) n`,
      [businessId, first.toString(), step.toString()],
    );
    await client.query(
      `INSERT INTO operation_line (business_id, operation_id, no, item_id, name, quantity, amount_minor, category)
       SELECT business_id, id, 1, 1 + mod(id, 20), 'Item', 1, 8000, 'hair' FROM operation WHERE business_id = $1`,
      [businessId],
    );
    await client.query("VACUUM ANALYZE");
  });
}

async function simulation(now: Date): Promise<{ seconds: number; rules: number; purchases: number }> {
  const place = await openDatabase();
  try {
    const owner = { name: "Bench", email: "bench@example.com" };
    const asked = {
      name: "Bench",
      currency: "UAH",
      locale: "uk",
      zone: ZONE,
      locationName: "Bench",
      owner,
    } as const;
    const { business } = await createBusiness(asked, now);
    const ctx = systemContext(business, "bench", new Date(now.getTime() - 100 * 86_400_000));
    await saveProgramme(ctx, 0, startingProgramme(NAMES));
    await past(place.ownerUrl, business.id, now);
    const put = Array.from({ length: 20 }, (_, no) => ({ id: null, body: ruleBody(no + 1) }));
    const at = { ...ctx, now };
    const since = performance.now();
    const result = await simulate(at, { draft: { put }, days: 90, marginBps: 4_000 });
    const seconds = (performance.now() - since) / 1_000;
    await changeProgramme(at, 1, { put });
    return { seconds, rules: put.length, purchases: result?.purchases ?? 0 };
  } finally {
    await disconnect();
    await place.close();
  }
}

/** Prints the evaluator's milliseconds and a simulation's seconds. */
export async function benchRules(): Promise<void> {
  const now = new Date();
  const taken = evaluations(now);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(taken, share).toFixed(2));
  console.log(`\nevaluating a bill of ${LINES} lines under ${RULES} live rules, ${taken.length} bills`);
  console.log(`  milliseconds          p50 ${p50}   p95 ${p95}   p99 ${p99}   (budget: p99 under 5)`);
  const { seconds, rules, purchases } = await simulation(now);
  console.log(`\nsimulating ${purchases} purchases of ${MEMBERS} members under a draft with ${rules} rules`);
  console.log(`  seconds               ${seconds.toFixed(1)}   (budget: under 10)`);
}
