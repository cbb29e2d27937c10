/** `npm run bench -- <name>`: measures one budget, `--size <n>` makes it smaller; figures go into docs/benchmarks.md with the commit they were taken at. */
import { benchClv } from "./clv";
import { benchImport } from "./imports";
import { benchJourneys } from "./journeys";
import { benchMessaging } from "./messaging";
import { benchPages } from "./pages";
import { benchRhythm } from "./rhythm";
import { benchRules } from "./rules";
import { benchSales } from "./sales";
import { benchSegments } from "./segments";

const benches: Readonly<Record<string, () => Promise<void>>> = {
  sales: benchSales,
  rules: benchRules,
  clv: benchClv,
  rhythm: benchRhythm,
  segments: benchSegments,
  messaging: benchMessaging,
  journeys: benchJourneys,
  import: benchImport,
  pages: benchPages,
};

const bench = benches[process.argv[2] ?? ""];
if (!bench) {
  console.error(`Name the benchmark: npm run bench -- ${Object.keys(benches).join(" | ")}`);
  process.exitCode = 1;
} else await bench();
