/** `npm run seed -- large`: one business with a million members and ten million purchases, for measuring. */
import { Client } from "pg";
import {
  addLocation,
  addStaff,
  type Business,
  createApiKey,
  createBusiness,
  systemContext,
} from "../../lib/access";
import { recountDays } from "../../lib/analytics";
import { refreshInsights } from "../../lib/insights";
import { saveProgramme } from "../../lib/program";
import { startingProgramme } from "../../lib/program/schema";
import { Problem } from "../../scripts/runner/problem";
import { GENERATE, type Generation, type Names, parametersOf } from "./generate";
import { putIndexesBack, setIndexesAside } from "./indexes";
import { FOREIGN, latin, UKRAINIAN } from "./names";
import { clean, prove } from "./proof";
import { type Telling, telling } from "./telling";

const MEMBERS = 1_000_000;
/** Beyond this the members' numbers no longer fit into ids. */
const MEMBERS_MAX = 4_000_000;
const CHUNK = 5_000;
const CONNECTIONS = 2;
const SPAN_DAYS = 548;
const DAY_MS = 86_400_000;
const TABLES = ["member", "member_profile", "member_stats", "operation", "lot", "transfer"];

export async function seedLarge(ownerUrl: string, options: { members?: string | undefined }): Promise<void> {
  const members = Number(options.members ?? MEMBERS);
  if (!Number.isInteger(members) || members < 1 || members > MEMBERS_MAX)
    throw new Problem(`--members takes a whole number from 1 to ${MEMBERS_MAX.toLocaleString("en")}.`);
  const now = new Date();
  const tell = telling();
  const { business, key, ...house } = await found(new Date(now.getTime() - SPAN_DAYS * DAY_MS));
  const made = await fill(ownerUrl, members, { ...house, businessId: business.id, ends: now }, tell);
  tell.say("counting days");
  await recountDays(systemContext(business, "seed", now));
  tell.say("looking at everybody's visits");
  await refreshInsights(systemContext(business, "seed", now));
  tell.say(clean(await prove(ownerUrl, (rule) => tell.say(`proving that ${rule}`))));
  console.log(
    `KOLO_LARGE ${JSON.stringify({ companyId: Number(business.id), apiKey: key, slug: business.slug, ...made })}`,
  );
}

type Founded = Omit<Ground, "businessId" | "ends"> & { business: Business; key: string };
type Ground = Pick<Generation, "businessId" | "begins" | "ends" | "locations" | "staff">;

/** The business, three branches with a cashier each, and the programme that the bills below were priced by. */
async function found(begins: Date): Promise<Founded> {
  const kept = { currency: "UAH", locale: "en", zone: "Europe/Kyiv", accent: "#1d4ed8" } as const;
  const owner = { name: "Owner", email: "large@kolo.example", password: "kolo-large-demo" };
  const named = { name: "Kolo Large", slug: "large", joinCode: "LARGE", locationName: "Centre" };
  const { business, locationId } = await createBusiness({ ...named, ...kept, owner }, begins);
  const ctx = systemContext(business, "seed", begins);
  const locations = [locationId];
  for (const name of ["North", "South"]) locations.push((await addLocation(ctx, { name, address: null })).id);
  const staff: bigint[] = [];
  for (const [index, id] of locations.entries()) {
    const cashier = { name: `Cashier ${index + 1}`, email: null, role: "cashier" as const };
    const hired = await addStaff(ctx, { ...cashier, externalId: `large-${index + 1}`, locationId: id });
    staff.push(hired.id);
  }
  const names = { base: "Base", silver: "Silver", gold: "Gold" };
  await saveProgramme(ctx, 0, { ...startingProgramme(names), welcome: null, earnedDays: null });
  const { key } = await createApiKey(ctx, { name: "Till" });
  return { business, key, begins, locations, staff };
}

/** Fills it over several connections. Ctrl-C ends it after the chunks in hand, with a smaller but whole business. */
async function fill(ownerUrl: string, members: number, ground: Ground, tell: Telling) {
  const owners = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(ownerUrl)));
  const [first] = owners;
  if (!first) throw new Error("there is a connection");
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const saved = await setIndexesAside(first, TABLES);
  const names = nameLists();
  const made = { members: 0, purchases: 0 };
  let next = 0;
  const work = async (owner: Client) => {
    while (next < members && !stopping.signal.aborted) {
      const from = next;
      next = Math.min(members, from + CHUNK);
      const to = next;
      const parameters = parametersOf({ ...ground, names, from, to });
      const { rows } = await owner.query<{ made: string }>({
        name: "generate",
        text: GENERATE,
        values: parameters,
      });
      made.members += to - from;
      made.purchases += Number(rows[0]?.made ?? 0);
      tell.mention(
        () =>
          `${made.members.toLocaleString("en")} members, ${made.purchases.toLocaleString("en")} purchases`,
      );
    }
  };
  try {
    await Promise.all(owners.map(work));
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    await putIndexesBack(owners, saved, tell.say);
    tell.say("gathering statistics");
    await first.query(`VACUUM (ANALYZE) ${TABLES.join(", ")}`);
    await Promise.all(owners.map((owner) => owner.end()));
  }
  return made;
}

async function open(url: string): Promise<Client> {
  const options = "-c TimeZone=UTC -c synchronous_commit=off -c work_mem=128MB -c jit=off";
  const client = new Client({ connectionString: url, options });
  await client.connect();
  return client;
}

/** First names and surnames that go together in any pair: those whose ending is the same for all. */
function nameLists(): Names {
  const lists = [UKRAINIAN, FOREIGN];
  const first = lists.flatMap((list) => [...list.female, ...list.male]);
  const last = lists.flatMap(({ surnames }) => surnames.flatMap(([a, b]) => (a === b ? [a] : [])));
  return { first, firstLatin: first.map(latin), last, lastLatin: last.map(latin) };
}
