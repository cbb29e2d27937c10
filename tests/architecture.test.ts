/** The shape of the codebase, as a test. When it fails, it says where the file belongs. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Lower may never import higher. This list is the architecture (docs/decisions.md says why). */
export const ORDER = [
  "kernel",
  "platform",
  "access",
  "members",
  "catalog",
  "ledger",
  "tiers",
  "insights",
  "segments",
  "coalition",
  "program",
  "sales",
  "referrals",
  "feedback",
  "games",
  "messaging",
  "journeys",
  "analytics",
  "integrations",
  "pos",
] as const;

/** The one file that may import every module: event to handler, job to function. */
const WIRING = "lib/wiring.ts";
const DOORS = /^(index|model|schema)$/;
const PURE = /\/(model|schema)\.ts$/;
/** Packages that compute and nothing else. */
const PURE_PACKAGES = /^(zod|libphonenumber-js|intl-messageformat|htmlparser2)(\/|$)/;
const CLOCK = /\bDate\.now\(|new Date\(\)/;
const DICE = /Math\.random\(|\brandom(UUID|Int|Bytes)\(/;
const DATABASE = /^(pg|@prisma\/.*)$|\/generated(\/|$)/;
const SPEAKS_SQL = /\/store\.ts$|^lib\/platform\/db\//;
const VAGUE = /^(utils?|helpers?|types?|constants?|services?|common|misc|shared|manager)$/;
const LINES_MAX = 300;

type Edge = { from: string; to: string };

function sources(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.tsx?$/.test(e.name) && !/\.test\./.test(e.name))
    .map((e) => path.posix.join(e.parentPath, e.name))
    .filter((f) => !f.includes("/generated/"));
}

export function imports(file: string, text: string): Edge[] {
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g);
  return Array.from(found, ([, spec = ""]) => ({ from: file, to: resolved(file, spec) }));
}

function resolved(file: string, spec: string): string {
  if (spec.startsWith("@/")) return spec.slice(2);
  return spec.startsWith(".") ? path.posix.join(path.posix.dirname(file), spec) : spec;
}

const moduleOf = (file: string) => /^lib\/([^/.]+)(?:\/|$)/.exec(file)?.[1];
const rank = (name: string) => ORDER.findIndex((each) => each === name);
const door = (to: string) => to.split("/")[2] ?? "index";

/** The complaint an import deserves, or nothing. */
export function complaint({ from, to }: Edge): string | undefined {
  const [here, there] = [moduleOf(from), moduleOf(to)];
  if (DATABASE.test(to) && !SPEAKS_SQL.test(from)) return "only store.ts speaks to the database";
  if (/^(app|components)\//.test(to) && from.startsWith("lib/")) return "lib never imports the screen";
  if (PURE.test(from)) return impurity(to, there);
  if (there === undefined || here === there) return undefined;
  if (from === WIRING) return undefined;
  if (here === undefined) return fromOutside(there, to);
  if (rank(there) > rank(here)) return `${here} is below ${there}`;
  // The floor everything stands on has many doors, one for each thing it does.
  if (rank(there) <= rank("access") || DOORS.test(door(to))) return undefined;
  return "use the module's door";
}

function impurity(to: string, there: string | undefined): string | undefined {
  if (there === undefined)
    return PURE_PACKAGES.test(to) ? undefined : "the core is pure: no packages but those that only compute";
  return there === "kernel" || /\/(model|schema)$/.test(to) ? undefined : "the core imports only cores";
}

/** Screens, endpoints and e-mails may use any door, but not the database behind it. */
function fromOutside(there: string, to: string): string | undefined {
  if (there === "kernel" || (there === "platform" && door(to) !== "db")) return undefined;
  return DOORS.test(door(to)) || door(to) === "actions" ? undefined : "use the module's door";
}

const files = ["app", "components", "emails", "lib"].flatMap(sources);
const textOf = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
const edges = files.flatMap((file) => imports(file, textOf.get(file) ?? ""));
const offenders = (sins: (file: string, text: string) => boolean) =>
  files.filter((file) => sins(file, textOf.get(file) ?? ""));
const timeless = (file: string) => PURE.test(file) || rank(moduleOf(file) ?? "") > rank("access");
const vague = (file: string) => file.split("/").some((part) => VAGUE.test(part.replace(/\.tsx?$/, "")));

test("finds the code it judges", () => expect(edges.length).toBeGreaterThan(20));

test("every module has a place in ORDER", () => {
  const modules = readdirSync("lib", { withFileTypes: true });
  expect(modules.filter((m) => m.isDirectory() && rank(m.name) < 0).map((m) => m.name)).toEqual([]);
  expect(modules.filter((m) => m.isFile()).map((m) => `lib/${m.name}`)).toEqual(
    existsSync(WIRING) ? [WIRING] : [],
  );
});

test("imports go downward, through doors", () => {
  const sins = edges
    .map((edge) => ({ edge, says: complaint(edge) }))
    .filter(({ says }) => says !== undefined);
  expect(sins.map(({ edge, says }) => `${edge.from} → ${edge.to}: ${says}`)).toEqual([]);
});

test("the core has no dice", () => {
  expect(offenders((file, text) => PURE.test(file) && DICE.test(text))).toEqual([]);
});

test("time reaches the core and the modules as an argument", () => {
  expect(offenders((file, text) => timeless(file) && CLOCK.test(text))).toEqual([]);
});

test("server code says so", () => {
  const server = /^lib\/.*\/(index|store)\.ts$/;
  expect(
    offenders(
      (f, text) => server.test(f) && !f.startsWith("lib/kernel") && !text.includes('import "server-only"'),
    ),
  ).toEqual([]);
});

test('actions begin with "use server"', () => {
  expect(offenders((file, text) => file.endsWith("/actions.ts") && !text.startsWith('"use server"'))).toEqual(
    [],
  );
});

test("names say what a file holds", () => {
  expect(offenders(vague)).toEqual([]);
});

test("no file is two files", () => {
  expect(offenders((_, text) => text.split("\n").length > LINES_MAX)).toEqual([]);
});

test.each([
  ["lib/ledger/index.ts", "lib/tiers", "ledger is below tiers"],
  ["lib/tiers/index.ts", "lib/ledger/store", "use the module's door"],
  ["lib/kernel/money.ts", "lib/platform/env", "kernel is below platform"],
  ["app/page.tsx", "lib/platform/db", "use the module's door"],
  ["app/page.tsx", "lib/sales/record", "use the module's door"],
  ["lib/ledger/model.ts", "lib/ledger/store", "the core imports only cores"],
  ["lib/ledger/model.ts", "node:crypto", "the core is pure: no packages but those that only compute"],
  ["lib/ledger/index.ts", "components/button", "lib never imports the screen"],
  ["lib/ledger/index.ts", "@prisma/client", "only store.ts speaks to the database"],
  ["app/page.tsx", "pg", "only store.ts speaks to the database"],
  ["lib/sales/record.ts", "lib/platform/db/generated/client", "only store.ts speaks to the database"],
])("catches %s → %s", (from, to, says) => expect(complaint({ from, to })).toBe(says));

test.each([
  ["lib/wiring.ts", "lib/pos/outbox"],
  ["lib/sales/record.ts", "lib/ledger"],
  ["lib/sales/record.ts", "lib/platform/db"],
  ["lib/members/model.ts", "libphonenumber-js/max"],
  ["lib/ledger/store.ts", "@prisma/client"],
  ["app/page.tsx", "lib/platform/i18n/routing"],
])("lets %s → %s pass", (from, to) => expect(complaint({ from, to })).toBeUndefined());

test("sees imports however they are written", () => {
  const text = `import a from "./b"; export { c } from '@/lib/d'; await import("../e"); import "f";`;
  expect(imports("lib/x/y.ts", text).map(({ to }) => to)).toEqual(["lib/x/b", "lib/d", "lib/e", "f"]);
});
