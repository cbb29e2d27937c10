/** The letters of the installation under test: codes that people would read in their mailbox. */
import { readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";

async function ask<Row>(sql: string, values: unknown[]): Promise<Row[]> {
  const folder = process.env.KOLO_E2E ?? "";
  const read = (name: string) => readFileSync(path.join(folder, name), "utf8").trim();
  const client = new pg.Client({
    connectionString: `postgresql://kolo:${read("postgres-password")}@127.0.0.1:${read("postgres-port")}/kolo`,
  });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** The six digits of the last letter to an address; waits for it. */
export async function codeFromLetter(email: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [letter] = await ask<{ text: string }>(
      "SELECT text FROM mail WHERE recipient = $1 ORDER BY id DESC LIMIT 1",
      [email],
    );
    const code = /\b\d{6}\b/.exec(letter?.text ?? "")?.[0];
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no letter to ${email}`);
}

/** Where a business's joining page is, and the code of its poster. */
export async function doorOf(companyId: number | string): Promise<{ slug: string; joinCode: string }> {
  const [row] = await ask<{ slug: string; joinCode: string }>(
    `SELECT slug, join_code AS "joinCode" FROM business WHERE id = $1`,
    [String(companyId)],
  );
  if (!row) throw new Error(`no business ${companyId}`);
  return row;
}
