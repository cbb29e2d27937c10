/** `npm run check`. */
import { check } from "./checks";
import { orExplain } from "./problem";
import { Tally } from "./tally";

await orExplain(async () => {
  const tally = new Tally();
  await check(tally);
  tally.finish();
});
