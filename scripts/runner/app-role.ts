/** The role the app connects as: it owns nothing, cannot bypass row-level security, and belongs to `kolo_app`. */
import { createHash, createHmac } from "node:crypto";
import { type Client, escapeIdentifier, escapeLiteral } from "pg";
import { messageOf, Problem } from "./problem";

const GROUP = "kolo_app";
const NAME_BYTES_MAX = 63;

/** The login role for one database. Roles belong to the whole server, so each database has its own. */
export function appRole(database: string): string {
  const name = `${GROUP}_${database}`;
  if (Buffer.byteLength(name) <= NAME_BYTES_MAX) return name;
  return `${GROUP}_${createHash("sha256").update(database).digest("hex").slice(0, 32)}`;
}

/** DATABASE_APP_URL as it follows from DATABASE_URL and KOLO_SECRET: the same server and database, the app's role. */
export function appUrl(ownerUrl: string, secret: string): string {
  const url = new URL(ownerUrl);
  const role = appRole(databaseOf(url));
  url.username = encodeURIComponent(role);
  url.password = createHmac("sha256", secret).update(`database role ${role}`).digest("base64url");
  return url.href;
}

/** The database a connection string names. */
export function databaseOf(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1));
}

/** Makes the app's role able to sign in to this database with the password that follows from the secret. */
export async function makeAppRole(owner: Client, ownerUrl: string, secret: string): Promise<void> {
  const url = new URL(appUrl(ownerUrl, secret));
  const role = decodeURIComponent(url.username);
  const name = escapeIdentifier(role);
  const password = escapeLiteral(url.password);
  const found = await owner.query("select 1 from pg_roles where rolname = $1", [role]);
  try {
    if (found.rowCount === 0)
      await owner.query(`create role ${name} login nosuperuser nobypassrls password ${password}`);
    else await owner.query(`alter role ${name} login password ${password}`);
    if (!(await belongs(owner, role))) await owner.query(`grant ${GROUP} to ${name}`);
  } catch (error) {
    throw new Problem(
      `The user in DATABASE_URL may not make the app's role (${messageOf(error)}): give it CREATEROLE, or make a login role that belongs to ${GROUP} yourself and name it in DATABASE_APP_URL.`,
    );
  }
}

/** Refuses an app connection that could see past a business's border, or that may not work at all. */
export async function proveAppRole(app: Client): Promise<void> {
  const { rows } = await app.query<{ name: string; strong: boolean }>(
    "select rolname as name, rolsuper or rolbypassrls as strong from pg_roles where rolname = current_user",
  );
  const [role] = rows;
  if (role === undefined || role.strong)
    throw new Problem(
      `The user in DATABASE_APP_URL (${role?.name}) can bypass row-level security: make a role with NOSUPERUSER NOBYPASSRLS and grant it ${GROUP}.`,
    );
  if (!(await belongs(app, role.name)))
    throw new Problem(
      `The user in DATABASE_APP_URL does not belong to ${GROUP}: run \`GRANT ${GROUP} TO "${role.name}"\` as an administrator.`,
    );
}

async function belongs(client: Client, role: string): Promise<boolean> {
  const { rows } = await client.query<{ yes: boolean }>("select pg_has_role($1, $2, 'member') as yes", [
    role,
    GROUP,
  ]);
  return rows[0]?.yes === true;
}
