/** The demo's addresses and sign-ins: made by the seed, kept in demo.json, shown when all is up. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { connected } from "./connect";
import { root } from "./data-folder";
import { Problem } from "./problem";
import { runNode, ToolFailed } from "./tool";

const SignIn = z.looseObject({
  email: z.string(),
  password: z.string().optional(),
  how: z.string().optional(),
});
/** What a seed says on its line `KOLO_DEMO {...}`. Paths begin with a slash. */
const Seeded = z.looseObject({
  companyId: z.union([z.number(), z.string()]),
  apiKey: z.string(),
  owner: SignIn,
  cashier: SignIn,
  member: SignIn,
  card: z.string().default("/en/card"),
  desk: z.string().default("/en/desk"),
  office: z.string().default("/en/office"),
});
type Demo = z.output<typeof Seeded>;

const MARK = "KOLO_DEMO ";
const demoFile = (folder: string) => path.join(folder, "demo.json");
const halfFile = (folder: string) => path.join(folder, "seeding");

/** Whether an earlier start was cut off in the middle of seeding, so that the database holds half a demo. */
export const halfSeeded = (folder: string) => existsSync(halfFile(folder));

/** Whether nobody has put anything into the database yet. */
export async function isEmpty(ownerUrl: string): Promise<boolean> {
  return connected(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ any: boolean }>("select exists (select from business) as any");
    return rows[0]?.any !== true;
  });
}

/** Runs a seed scenario and keeps what it says about signing in. */
export async function seed(
  folder: string,
  scenario: string,
  env: NodeJS.ProcessEnv,
  say: (detail: string) => void,
) {
  writeFileSync(halfFile(folder), "");
  rmSync(demoFile(folder), { force: true });
  let line: string | undefined;
  const args = [
    "--import",
    path.join(root, "scripts/runner/loader.mjs"),
    path.join(root, "scripts/seed.ts"),
    scenario,
  ];
  try {
    await runNode(args, {
      env,
      onLine: (text) => {
        if (text.startsWith(MARK)) line = text.slice(MARK.length);
        else if (text.trim()) say(text.trim());
      },
    });
  } catch (error) {
    if (error instanceof ToolFailed)
      throw new Problem(`The demo could not be made: start again to try anew.\n${error.message}`);
    throw error;
  }
  if (line !== undefined) keepDemo(folder, Seeded.parse(JSON.parse(line)));
  rmSync(halfFile(folder));
}

/** The demo of this data folder, if it has one. */
export function readDemo(folder: string): Demo | undefined {
  if (!existsSync(demoFile(folder))) return undefined;
  return Seeded.safeParse(JSON.parse(readFileSync(demoFile(folder), "utf8"))).data;
}

/** Writes demo.json; passwords of a demo are no secret, but they are nobody else's business either. */
export function keepDemo(folder: string, demo: Demo, baseUrl?: string): void {
  const text = JSON.stringify(baseUrl ? { ...demo, baseUrl } : demo, null, 2);
  writeFileSync(demoFile(folder), `${text}\n`, { mode: 0o600 });
}

/** What is needed to sign in, short enough for one line; demo.json has the rest. */
const signIn = ({ email, password, how }: z.output<typeof SignIn>) =>
  [email, password].filter(Boolean).join(" / ") + (how ? ` (${how})` : "");

/** The block at the end of `npm start`. */
export function block(baseUrl: string, demo: Demo | undefined, took: string): string {
  const at = (where: string) => (/^https?:/.test(where) ? where : baseUrl + where);
  const rows = demo
    ? [
        ["Card", at(demo.card), signIn(demo.member)],
        ["Desk", at(demo.desk), signIn(demo.cashier)],
        ["Office", at(demo.office), signIn(demo.owner)],
        ["Till API", at("/partner/v2"), `company id ${demo.companyId}, API key ${demo.apiKey}`],
      ]
    : [
        ["Card", at("/en/card"), ""],
        ["Desk", at("/en/desk"), ""],
        ["Office", at("/en/office"), ""],
        ["Till API", at("/partner/v2"), ""],
      ];
  const width = Math.max(...rows.map(([, address = ""]) => address.length));
  const lines = rows.map(([name = "", address = "", how = ""]) =>
    `  ${name.padEnd(9)} ${address.padEnd(width)}  ${how}`.trimEnd(),
  );
  return `\nKolo is ready (${took}).\n\n${lines.join("\n")}\n`;
}
