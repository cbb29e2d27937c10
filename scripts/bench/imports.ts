/** `npm run bench -- import [--rows 1000000] [--items] [--undo]`: a file of purchases through the import's own verbs. */
import { parseArgs } from "node:util";
import { type Context, createBusiness, systemContext } from "../../lib/access";
import * as integrations from "../../lib/integrations";
import { PIECE_BYTES, type Run } from "../../lib/integrations/model";
import { disconnect } from "../../lib/platform/db";
import { saveProgramme } from "../../lib/program";
import { startingProgramme } from "../../lib/program/schema";
import { clean, prove } from "../../prisma/seed/proof";
import { openDatabase } from "./place";

const ROWS = 1_000_000;
/** Visits to a customer, as in a salon two years old. */
const VISITS = 10;
const DAYS = 700;
const DAY_MS = 86_400_000;
const LOOK_MS = 200;
const MB = 1_048_576;
const NAMES = { base: "Base", silver: "Silver", gold: "Gold" };

const say = (text: string) => process.stdout.write(`${text}\n`);
const megabytes = () => Math.round(process.memoryUsage().rss / MB);

/** The file, written as it is read: rows in the order of days, as tills export them. Every customer comes again after a while. */
function* pieces(rows: number, hasItems: boolean, now: Date): Generator<Buffer> {
  const customers = Math.max(1, Math.floor(rows / VISITS));
  const first = now.getTime() - DAYS * DAY_MS;
  let held = hasItems ? "phone,date,receipt,item,category,quantity,amount\n" : "phone,date,receipt,total\n";
  for (let no = 0; no < rows; no += 1) {
    // A step without a common factor visits all of them in no order that anything could lean on.
    const customer = (no * 7_919 + Math.floor(no / customers)) % customers;
    const at = new Date(first + Math.floor((no * (DAYS - 1) * DAY_MS) / rows)).toISOString().slice(0, 16);
    const paid = `${100 + ((no * 37) % 900)}.${no % 10}0`;
    const thing = hasItems ? `Service ${no % 40},hair,1,` : "";
    held += `+38050${String(customer).padStart(7, "0")},${at.replace("T", " ")},R${no},${thing}${paid}\n`;
    if (held.length < PIECE_BYTES - 200) continue;
    yield Buffer.from(held);
    held = "";
  }
  yield Buffer.from(held);
}

/** Memory and the step under way, looked at while something runs; says each step with its seconds and the most memory it took. */
async function watched(ctx: Context, id: bigint, work: () => Promise<void>): Promise<void> {
  const seen = { name: "", since: performance.now(), most: 0, atTenths: "" };
  const close = () => {
    if (seen.name === "") return;
    const seconds = ((performance.now() - seen.since) / 1000).toFixed(1);
    say(`  ${seen.name.padEnd(22)} ${seconds.padStart(8)} s   at most ${seen.most} MB${seen.atTenths}`);
  };
  const look = async () => {
    seen.most = Math.max(seen.most, megabytes());
    // A machine too busy to answer is looked at again in a moment.
    const found = await integrations.findImport(ctx, id).catch(() => null);
    if (!found) return;
    const { state, report } = found;
    const name = `${state} ${report.step ?? "file"}`;
    if (name !== seen.name) {
      close();
      Object.assign(seen, { name, since: performance.now(), most: 0, atTenths: "" });
    }
    const tenths = Math.floor((report.share ?? 0) * 10);
    if (tenths * 6 > seen.atTenths.length && tenths < 10) seen.atTenths += ` ${megabytes()}`.padStart(6);
  };
  const timer = { isOver: false };
  const looking = (async () => {
    while (!timer.isOver) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  })();
  await work();
  timer.isOver = true;
  await looking;
  close();
}

async function upload(ctx: Context, rows: number, hasItems: boolean): Promise<bigint> {
  const id = await integrations.beginImport(ctx, { kind: "purchases", fileName: "bench.csv", bytes: 1 });
  let no = 0;
  for (const piece of pieces(rows, hasItems, ctx.now)) {
    await integrations.addPiece(ctx, id, no, new Uint8Array(piece));
    no += 1;
  }
  await integrations.completeFile(ctx, id);
  return id;
}

const rate = (rows: number, seconds: number) =>
  `${seconds.toFixed(1)} s, ${Math.round(rows / seconds).toLocaleString("en")} rows/s`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return (performance.now() - since) / 1000;
}

function told({ state, report }: Run): void {
  const { done, same, bad, newMembers, undone, kept, gone } = report;
  say(`  ${JSON.stringify({ state, done, same, bad, newMembers, undone, kept, gone })}`);
}

/** The whole life of one import: uploaded, read, posted, and taken back where that is asked. */
async function live(ctx: Context, rows: number, hasItems: boolean, isUndone: boolean): Promise<void> {
  const state = { id: 0n };
  const uploading = async () => {
    state.id = await upload(ctx, rows, hasItems);
  };
  say(`uploaded   ${rate(rows, await timed(uploading))}; ${megabytes()} MB`);
  const { id } = state;
  const running = (begin: () => Promise<void>) =>
    timed(async () => {
      await begin();
      await watched(ctx, id, () => integrations.runImport(ctx, id));
    });
  const mapping = (await integrations.findImport(ctx, id)).report.guess;
  if (!mapping) throw new Error("the file is understood");
  say(`read       ${rate(rows, await running(() => integrations.checkImport(ctx, id, mapping)))}`);
  say(`imported   ${rate(rows, await running(() => integrations.postImport(ctx, id)))}`);
  told(await integrations.findImport(ctx, id));
  if (!isUndone) return;
  say(`taken back ${rate(rows, await running(() => integrations.undoImport(ctx, id)))}`);
  told(await integrations.findImport(ctx, id));
}

/** Prints each step with its seconds, rows a second and memory at its tenths, and proves the books. */
export async function benchImport(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { rows: { type: "string" }, items: { type: "boolean" }, undo: { type: "boolean" } },
  });
  const rows = Number(values.rows ?? ROWS);
  const place = await openDatabase();
  try {
    const now = new Date();
    const owner = { name: "Bench", email: "bench@example.com" };
    const kept = { currency: "UAH", locale: "uk", zone: "Europe/Kyiv", locationName: "Bench" } as const;
    const { business } = await createBusiness({ name: "Bench", ...kept, owner }, now);
    const ctx = systemContext(business, "bench", now);
    await saveProgramme(ctx, 0, startingProgramme(NAMES));
    const what = values.items ? " with things bought" : "";
    say(`importing ${rows.toLocaleString("en")} purchases${what}; ${megabytes()} MB before`);
    await live(ctx, rows, values.items === true, values.undo === true);
    say(clean(await prove(place.ownerUrl, () => {})));
  } finally {
    await disconnect();
    await place.close();
  }
}
