/** The books of a whole database, proved over the owner's connection. */
import { booksOf } from "../../lib/ledger";
import { connected } from "../../scripts/runner/connect";
import { Problem } from "../../scripts/runner/problem";

export type Proof = { readonly members: bigint; readonly operations: bigint; readonly transfers: bigint };

/** Names the first row that breaks each broken rule and ends with a problem, or answers how much was proved. */
export async function prove(ownerUrl: string, onRule: (rule: string) => void): Promise<Proof> {
  return await connected(ownerUrl, async (owner) => {
    // Sums over every transfer there is, in memory while they fit.
    await owner.query("SET work_mem = '256MB'; SET jit = off");
    const breaches = await booksOf(async (text, values = []) => {
      const { rows } = await owner.query<Record<string, unknown>>(text, [...values]);
      return rows;
    }, onRule);
    for (const { rule, row } of breaches) console.error(`broken: ${rule}\n  ${JSON.stringify(row)}`);
    if (breaches.length > 0)
      throw new Problem(`The books do not balance: ${breaches.length} rules are broken, see above.`);
    const { rows } = await owner.query<Record<keyof Proof, string>>(
      `SELECT (SELECT count(*) FROM member_stats) AS members, (SELECT count(*) FROM operation) AS operations,
         (SELECT count(*) FROM transfer) AS transfers`,
    );
    const [row] = rows;
    return {
      members: BigInt(row?.members ?? 0),
      operations: BigInt(row?.operations ?? 0),
      transfers: BigInt(row?.transfers ?? 0),
    };
  });
}

export const clean = ({ members, operations, transfers }: Proof) =>
  `books are clean: ${grouped(members)} members, ${grouped(operations)} operations, ${grouped(transfers)} transfers`;

const grouped = (count: bigint) => count.toLocaleString("en");
