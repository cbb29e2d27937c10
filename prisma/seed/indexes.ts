/** Building an index once at the end is several times faster than keeping it while ten million rows go in. */
import { type Client, escapeIdentifier } from "pg";

type Saved = { readonly name: string; readonly drop: string; readonly make: string };

/** Drops the indexes and keys of some tables. Answers the statements that make them again. */
export async function setIndexesAside(owner: Client, tables: readonly string[]): Promise<Saved[]> {
  const { rows } = await owner.query<{ table: string; name: string; index: string; key: string | null }>(
    `SELECT t.relname AS table, c.relname AS name, pg_get_indexdef(i.indexrelid) AS index, pg_get_constraintdef(k.oid) AS key
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
     LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid
     WHERE t.relname = ANY($1) AND t.relnamespace = 'public'::regnamespace ORDER BY t.relname, k.oid NULLS LAST`,
    [tables],
  );
  const saved = rows.map(({ table, name, index, key }): Saved => {
    const [on, called] = [escapeIdentifier(table), escapeIdentifier(name)];
    return key === null
      ? { name, drop: `DROP INDEX ${called}`, make: index }
      : {
          name,
          drop: `ALTER TABLE ${on} DROP CONSTRAINT ${called}`,
          make: `ALTER TABLE ${on} ADD CONSTRAINT ${called} ${key}`,
        };
  });
  await owner.query("BEGIN");
  for (const { drop } of saved) await owner.query(drop);
  await owner.query("COMMIT");
  return saved;
}

/** Makes them again, over several connections at once. */
export async function putIndexesBack(
  owners: readonly Client[],
  saved: readonly Saved[],
  say: (what: string) => void,
): Promise<void> {
  const waiting = [...saved];
  const build = async (owner: Client) => {
    await owner.query("SET maintenance_work_mem = '512MB'");
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      say(`building ${next.name}`);
      await owner.query(next.make);
    }
  };
  await Promise.all(owners.map(build));
}
