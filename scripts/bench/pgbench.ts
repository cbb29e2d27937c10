/** The same purchase inside the database: Kolo's function against one plain statement with the same writes, both by pgbench. */
import { execFile } from "node:child_process";
import { existsSync, globSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The newest pgbench at hand, or nothing: it comes with PostgreSQL's server packages. */
function findPgbench(): string | undefined {
  const installed = globSync("/usr/lib/postgresql/*/bin/pgbench").toSorted().at(-1);
  return (
    installed ?? ["/usr/bin/pgbench", "/usr/local/bin/pgbench", "/opt/homebrew/bin/pgbench"].find(existsSync)
  );
}

/** `:m` a member's row number, `:id` an id nobody had before; both scripts draw them the same way. Each of the
 * eight clients has members of its own: a version changed between reading and writing would end the run. */
const DRAW = String.raw`\set m (random(0, :members / 8 - 1) * 8 + :client_id + 1)
\set id (:start + :client_id * 1000000000 + random(1, 999999999))
`;

const asFunction = (
  businessId: bigint,
) => `${DRAW}SELECT r.outcome FROM member_stats s, LATERAL record_purchase(
  ${businessId}::bigint, now(), :id::bigint, s.member_id, s.version, 'bench-' || :id, 'bench', NULL::text,
  10000::bigint, 10000::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, NULL::text, NULL::bigint, NULL::bigint, 1, 'base', 'base',
  'uds', 'till', 1::bigint, false, '[{"code":"cashback","points":"500"}]'::jsonb, NULL::jsonb,
  ARRAY['purchase'], ARRAY[500::bigint], ARRAY[now()], ARRAY[date_trunc('day', now()) + interval '366 days']) r
WHERE s.business_id = ${businessId} AND s.member_id = (SELECT member_id FROM bench_member WHERE no = :m);
`;

/** Every row record_purchase writes, in one statement that decides and checks nothing. */
const asStatement = (
  businessId: bigint,
) => `${DRAW}WITH m AS (SELECT member_id FROM bench_member WHERE no = :m),
k AS (INSERT INTO idempotency (business_id, key, fingerprint, operation_id, at)
  VALUES (${businessId}, 'plain-' || :id, 'bench', :id, now())),
l AS (UPDATE lot SET remaining = remaining + 500 WHERE business_id = ${businessId} AND member_id = (SELECT member_id FROM m)
  AND id = (SELECT min(id) FROM lot x WHERE x.business_id = ${businessId} AND x.member_id = (SELECT member_id FROM m)) RETURNING id),
t AS (INSERT INTO transfer (business_id, member_id, id, lot_id, operation_id, at, debit, credit, points, reason)
  SELECT ${businessId}, (SELECT member_id FROM m), :id, l.id, :id, now(), 'issued', 'member', 500, 'earn' FROM l),
o AS (INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, points_earned, programme_version,
    tier_id, source, because)
  SELECT ${businessId}, :id, 'purchase', 'normal', member_id, now(), 10000, 10000, 500, 1, 'base', 'uds',
    '[{"code":"cashback","points":"500"}]' FROM m),
s AS (UPDATE member_stats SET version = version + 1, points = points + 500, visits = visits + 1,
    cash_spent_minor = cash_spent_minor + 10000, last_at = now()
  WHERE business_id = ${businessId} AND member_id = (SELECT member_id FROM m)),
a AS (INSERT INTO audit (business_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
  SELECT ${businessId}, :id, now(), 'till', 1, 'purchase.record', 'member', member_id, '{"totalMinor":10000,"points":0}' FROM m)
INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
SELECT ${businessId}, member_id, 'purchase.recorded', '{"totalMinor":10000,"cashMinor":10000,"pointsEarned":500}', now(), now() FROM m;
`;

async function transactionsPerSecond(
  program: string,
  url: string,
  sql: string,
  members: number,
  start: bigint,
): Promise<number> {
  const file = path.join(tmpdir(), `kolo-bench-${process.pid}.sql`);
  writeFileSync(file, sql);
  const args = [
    "-n",
    "-M",
    "prepared",
    "-c",
    "8",
    "-j",
    "2",
    "-T",
    "6",
    "-D",
    `members=${members}`,
    "-D",
    `start=${start}`,
    "-f",
    file,
    url,
  ];
  const { stdout } = await run(program, args);
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1];
  const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? "0";
  if (!tps || failed !== "0") throw new Error(`pgbench failed:\n${stdout}`);
  return Number(tps);
}

export type InDatabase = { readonly ours: readonly number[]; readonly plain: readonly number[] };

/** Purchases a second, the two in turn; nothing where there is no pgbench. */
export async function inDatabase(
  ownerUrl: string,
  businessId: bigint,
  members: number,
  rounds: number,
  freeId: () => bigint,
): Promise<InDatabase | undefined> {
  const program = findPgbench();
  if (!program) return undefined;
  const ours: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await transactionsPerSecond(program, ownerUrl, asFunction(businessId), members, freeId()));
    plain.push(await transactionsPerSecond(program, ownerUrl, asStatement(businessId), members, freeId()));
  }
  return { ours, plain };
}
