/** Connecting to PostgreSQL as a person at the keyboard wants it: either it works or one sentence says why not. */
import { Client, type ClientConfig } from "pg";
import { messageOf, Problem } from "./problem";

const OLDEST = 15;

/** Runs something with one connection and closes it. `name` is the variable the address came from. */
export async function connected<T>(url: string, run: (client: Client) => Promise<T>, name = "DATABASE_URL") {
  const client = new Client({ ...parse(url, name), connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // a connection lost between queries fails the next query
  try {
    await client.connect();
  } catch (error) {
    throw whyNot(error, url, name);
  }
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/** Refuses a server that is too old to carry Kolo's schema. */
export async function checkServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>("show server_version_num");
  const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (major < OLDEST)
    throw new Problem(
      `DATABASE_URL leads to PostgreSQL ${major}: Kolo needs ${OLDEST} or newer, so upgrade the server.`,
    );
}

function parse(url: string, name: string): ClientConfig {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url) || new URL(url).pathname.length < 2)
    throw new Problem(
      `${name} is not an address of a PostgreSQL database: write it as postgresql://user:password@host:5432/database.`,
    );
  return { connectionString: url, options: "-c TimeZone=UTC" };
}

function whyNot(error: unknown, url: string, name: string): Problem {
  const { host, pathname, username } = new URL(url);
  // A name with several addresses fails once for each.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && "code" in first ? first.code : undefined;
  const server = host || "localhost";
  switch (code) {
    case "28P01":
    case "28000":
      return new Problem(
        `The server at ${server} refuses the user "${username}" or its password: correct ${name}.`,
      );
    case "3D000":
      return new Problem(
        `The server at ${server} has no database "${pathname.slice(1)}": create it, or correct ${name}.`,
      );
    case "53300":
      return new Problem(
        `The server at ${server} has no connection left: raise its max_connections or close other programs.`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new Problem(`There is no machine called ${server}: correct ${name}.`);
    case "ECONNREFUSED":
      return new Problem(`Nothing answers at ${server}: start PostgreSQL there, or correct ${name}.`);
    default:
      return new Problem(
        `PostgreSQL at ${server} cannot be reached (${messageOf(first)}): correct ${name} or the network between.`,
      );
  }
}
