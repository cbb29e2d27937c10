/** npm run books: proves that the ledger balances, over the database of this installation or DATABASE_URL's. */
import { clean, prove } from "../prisma/seed/proof";
import { telling } from "../prisma/seed/telling";
import { orExplain } from "./runner/problem";

await orExplain(async () => {
  const { say } = telling();
  const proof = await prove(process.env.DATABASE_URL ?? "", (rule) => say(rule));
  console.log(clean(proof));
});
