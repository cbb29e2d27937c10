import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Refusal, Refused } from "../../kernel/refusals";
import { env } from "../env";
import { Prisma, PrismaClient } from "./generated/client";

export { Prisma };

/** A transaction of one business; every query in it sees that business's rows and no others. */
export type Tx = Prisma.TransactionClient;

type Connected = { pool: pg.Pool; prisma: PrismaClient };
// Next's dev server loads modules again on change; the pool must outlive that.
const kept = globalThis as typeof globalThis & { koloDb?: Connected };

function connected(): Connected {
  if (kept.koloDb) return kept.koloDb;
  const pool = new pg.Pool({
    connectionString: env().DATABASE_APP_URL,
    max: env().DATABASE_POOL,
    connectionTimeoutMillis: 5_000,
    // A zone of the server's own would shift what the adapter sends as zone-less text.
    options: "-c TimeZone=UTC -c statement_timeout=30000 -c lock_timeout=10000",
  });
  // An idle connection cut by a restarting server is no reason to fall over: the next query connects again.
  pool.on("error", () => {});
  kept.koloDb = { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
  return kept.koloDb;
}

/** Closes all connections; for workers, scripts and tests that end. */
export async function disconnect(): Promise<void> {
  if (!kept.koloDb) return;
  const { pool, prisma } = kept.koloDb;
  delete kept.koloDb;
  await prisma.$disconnect();
  await pool.end().catch(() => {});
}

/**
 * Runs a transaction in the name of one business: the only way to a tenant's rows.
 *
 * Shape: row-level security scopes every statement; a throw rolls all of it back, a returned value commits.
 */
export async function withBusiness<T>(businessId: bigint, run: (tx: Tx) => Promise<T>): Promise<T> {
  const shared = sharedReading.getStore();
  if (shared?.businessId === businessId && shared.isOpen) return await run(shared.tx);
  return await connected().prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('kolo.business', ${businessId.toString()}, true)`;
      return await run(tx);
    },
    { maxWait: 10_000, timeout: 30_000 },
  );
}

type SharedReading = { readonly businessId: bigint; readonly tx: Tx; isOpen: boolean };
const sharedReading = new AsyncLocalStorage<SharedReading>();

/**
 * Runs many readings of one business as one transaction: whatever asks within it shares its connection and its moment.
 *
 * Shape: for screens that ask a dozen questions; asked one by one each would hold a connection and open a transaction of its own, and
 * a few such screens at once would hold all there are. Nothing can be written in it.
 */
export async function readTogether<T>(businessId: bigint, run: () => Promise<T>): Promise<T> {
  return await withBusiness(businessId, async (tx) => {
    await tx.$executeRaw`SELECT set_config('transaction_read_only', 'on', true)`;
    const shared: SharedReading = { businessId, tx, isOpen: true };
    try {
      return await sharedReading.run(shared, run);
    } finally {
      shared.isOpen = false;
    }
  });
}

/** Runs a transaction outside any business: installation-wide tables only, every tenant table looks empty. */
export async function withoutBusiness<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  return await connected().prisma.$transaction(run, { maxWait: 10_000, timeout: 30_000 });
}

/** Arrays of int8 have a number of their own, which pg does not name. */
const INT8_ARRAY = 1016;
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: Parameters<typeof pg.types.getTypeParser>[0]) => {
    const known: number = oid;
    if (oid === pg.types.builtins.INT8) return BigInt;
    if (known === INT8_ARRAY) return (text: string) => text.match(/-?\d+/g)?.map(BigInt) ?? [];
    if (oid === pg.types.builtins.DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid);
  },
};

/** What a till's function may be given. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | readonly (string | bigint | Date | null)[];

/**
 * Calls one SQL function (or asks one question) in a single round trip, as its own transaction.
 *
 * Shape: `name` is the prepared statement's name: one name, one text. int8 comes back as bigint, date as "YYYY-MM-DD".
 * Refuses: whatever the function raises as KO001 (its message is the code); `StaleVersion` for KO002.
 */
export async function call<Row>(name: string, text: string, values: readonly SqlValue[]): Promise<Row[]> {
  try {
    const result = await connected().pool.query({ name, text, values: values.map(toParameter), types });
    return result.rows as Row[];
  } catch (error) {
    throw translated(error);
  }
}

/** The same inside a running transaction. */
export async function callIn<Row>(tx: Tx, text: string, values: readonly SqlValue[]): Promise<Row[]> {
  try {
    return await tx.$queryRawUnsafe<Row[]>(text, ...values);
  } catch (error) {
    throw translated(error);
  }
}

const toParameter = (value: SqlValue) =>
  typeof value === "bigint"
    ? value.toString()
    : Array.isArray(value)
      ? value.map((v) => (typeof v === "bigint" ? v.toString() : v))
      : value;

/** Somebody else changed the row between reading and writing: read, decide and try again. */
export class StaleVersion extends Error {}

type DatabaseError = { code?: string; message?: string; meta?: unknown; constraint?: string };

function translated(error: unknown): unknown {
  const { code, message } = causeOf(error);
  if (code === "KO001") return new Refused((message ?? "invalid") as Refusal);
  // Deadlocks and serialisation failures are the same news as a changed version.
  if (code === "KO002" || code === "40P01" || code === "40001") return new StaleVersion();
  return error;
}

/** The database's own error under whatever Prisma wrapped around it. */
function causeOf(error: unknown): DatabaseError {
  const own = error as DatabaseError & {
    meta?: { driverAdapterError?: { cause?: { originalCode?: string; originalMessage?: string } } };
  };
  const cause = own.meta?.driverAdapterError?.cause;
  return cause ? { code: cause.originalCode ?? "", message: cause.originalMessage ?? "" } : own;
}

/** Whether a statement was stopped: it took longer than it may, or somebody called it off. */
export const isSlow = (error: unknown): boolean => causeOf(error).code === "57014";

/** The name of the unique constraint a write ran into, or nothing. */
export function violatedConstraint(error: unknown): string | undefined {
  const direct = error as { code?: string; constraint?: string };
  if (direct.code === "23505") return direct.constraint;
  const wrapped = error as {
    code?: string;
    meta?: { driverAdapterError?: { cause?: { constraint?: { index?: string; fields?: string[] } } } };
  };
  if (wrapped.code !== "P2002" && causeOf(error).code !== "23505") return undefined;
  const constraint = wrapped.meta?.driverAdapterError?.cause?.constraint;
  return constraint?.index ?? constraint?.fields?.join("_") ?? "unknown";
}

export type Listener = pg.Client;

/** A connection of its own that listens, for news that must not wait; the caller ends it. */
export function listener(): Listener {
  return new pg.Client({ connectionString: env().DATABASE_APP_URL, keepAlive: true });
}
