/** Reads a list of purchases from a text file: one a line, customer, date and amount, in whatever order the header or the values tell. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Visits } from "../../lib/insights/lifetime/holdout/model";
import { Problem } from "../runner/problem";

const DAY_MS = 86_400_000;
const HEADERS = {
  customer: /^(customer|client|member|user|id|cust|клієнт|клиент)/i,
  date: /^(date|day|at|time|purchased|дата)/i,
  amount: /^(amount|sum|total|value|price|spent|dollars|сум|сумма)/i,
} as const;
type Columns = Record<keyof typeof HEADERS, number>;

/** Whole days since 1970 for 20260131, 2026-01-31 (with or without a time) and 31.01.2026; nothing for anything else. */
export function dayNumber(text: string): number | undefined {
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/.exec(text);
  const european = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: .*)?$/.exec(text);
  const parts = iso
    ? [iso[1], iso[2], iso[3]]
    : european
      ? [european[3], european[2], european[1]]
      : undefined;
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / DAY_MS : undefined;
}

const number = (text: string) => {
  const value = Number(text.replace(/\s/g, "").replace(",", "."));
  return text.trim() !== "" && Number.isFinite(value) ? value : undefined;
};

/** Commas, semicolons or tabs, values perhaps in quotes; else runs of blanks. */
function cells(line: string): string[] {
  const separator = [";", "\t", ","].find((one) => line.includes(one));
  if (!separator) return line.trim().split(/\s+/);
  const found = line.match(new RegExp(`("(?:[^"]|"")*"|[^${separator}]*)(?:${separator}|$)`, "g")) ?? [];
  const values = found.slice(0, line.endsWith(separator) ? undefined : -1);
  return values.map((one) => {
    const value = one.endsWith(separator) ? one.slice(0, -1) : one;
    return value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value.trim();
  });
}

function named(head: readonly string[]): Columns | undefined {
  const at = (name: keyof Columns) => head.findIndex((cell) => HEADERS[name].test(cell));
  const columns = { customer: at("customer"), date: at("date"), amount: at("amount") };
  return Object.values(columns).every((column) => column >= 0) ? columns : undefined;
}

/** Without a header: the first cell is the customer, the first that reads as a date the date, the last number after it the amount. */
function guessed(row: readonly string[]): Columns {
  const date = row.findIndex((cell, i) => i > 0 && dayNumber(cell) !== undefined);
  const amount = row.findLastIndex((cell, i) => i > 0 && i !== date && number(cell) !== undefined);
  if (date < 0 || amount < 0)
    throw new Problem(
      "The first line has no date and amount: it should read like `customer,2026-01-31,12.50`.",
    );
  return { customer: 0, date, amount };
}

/** Every customer with their days, purchases of one day merged. Refuses with the line that cannot be read. */
export async function readPurchases(file: string): Promise<Map<string, Visits>> {
  const customers = new Map<string, Map<number, number>>();
  let columns: Columns | undefined;
  let no = 0;
  for await (const raw of createInterface({
    input: createReadStream(file, "utf8"),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    no += 1;
    const line = no === 1 ? raw.replace(/^\uFEFF/, "") : raw;
    if (line.trim() === "") continue;
    const row = cells(line);
    if (!columns) {
      const head = named(row);
      columns = head ?? guessed(row);
      if (head) continue;
    }
    const customer = row[columns.customer] ?? "";
    const day = dayNumber(row[columns.date] ?? "");
    const amount = number(row[columns.amount] ?? "");
    if (customer === "" || day === undefined || amount === undefined)
      throw new Problem(`Line ${no} of ${file} is no purchase: ${line.slice(0, 80)}`);
    const days = customers.get(customer) ?? new Map<number, number>();
    customers.set(customer, days);
    days.set(day, (days.get(day) ?? 0) + amount);
  }
  if (customers.size === 0) throw new Problem(`${file} holds no purchases.`);
  return new Map(Array.from(customers, ([customer, days]) => [customer, visits(days)]));
}

function visits(days: ReadonlyMap<number, number>): Visits {
  const ordered = Array.from(days).toSorted(([a], [b]) => a - b);
  return { days: ordered.map(([day]) => day), paid: ordered.map(([, paid]) => paid) };
}
