/** `npm run seed -- salon`: plays the demo, proves its books and says how to sign in. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { randomToken } from "../../lib/platform/crypto";
import { dataFolder } from "../../scripts/runner/data-folder";
import { type Progress, playDemo, WHOLE } from "./demo";
import type { House } from "./house";
import { DEMO_MEMBER } from "./plan";
import { clean, prove } from "./proof";
import { telling } from "./telling";
import type { Employee } from "./trade";

export async function seedSalon(ownerUrl: string): Promise<void> {
  const { say, mention } = telling();
  hurry();
  say("planning 18 months of visits");
  const progress: Progress = (day, { members, purchases }) =>
    mention(() => `${day}: ${members} members, ${purchases.toLocaleString("en")} purchases`);
  const demo = await playDemo(WHOLE, new Date(), progress, isBuiltIn(ownerUrl) ? undefined : harder);
  say("all visits made");
  say(clean(await prove(ownerUrl, (rule) => mention(() => `proving that ${rule}`))));
  console.log(`KOLO_DEMO ${JSON.stringify(signIns(demo))}`);
}

/** The built-in database serves this machine alone, where passwords may be easy; any other may serve the world. */
function isBuiltIn(ownerUrl: string): boolean {
  const file = path.join(dataFolder(), "postgres-password");
  return existsSync(file) && readFileSync(file, "utf8").trim() === new URL(ownerUrl).password;
}

const harder = (wellKnown: string) => `${wellKnown}-${randomToken(9)}`;

/** A demo cut off by a power failure is made anew, so nobody waits for the disk. */
function hurry(): void {
  const url = new URL(process.env.DATABASE_APP_URL ?? "");
  url.searchParams.set("options", "-c TimeZone=UTC -c synchronous_commit=off");
  process.env.DATABASE_APP_URL = url.href;
}

type Played = Awaited<ReturnType<typeof playDemo>>;

function signIns({ salon, coffee, members }: Played) {
  const { email, phone } = DEMO_MEMBER;
  return {
    companyId: Number(salon.business.id),
    apiKey: salon.till.key,
    slug: salon.business.slug,
    owner: signInOf(salon, "owner"),
    manager: signInOf(salon, "manager"),
    marketer: signInOf(salon, "marketer"),
    cashier: { ...signInOf(salon, "cashier"), externalId: "podil-1" },
    member: {
      email,
      phone,
      memberId: Number(members.salon),
      how: "ask for a code on the card, read it in the office under Mailbox",
    },
    joinUrl: `/uk/join/${salon.business.slug}`,
    coffee: {
      companyId: Number(coffee.business.id),
      apiKey: coffee.till.key,
      slug: coffee.business.slug,
      owner: signInOf(coffee, "owner"),
      memberId: Number(members.coffee),
      joinUrl: `/en/join/${coffee.business.slug}`,
    },
  };
}

function signInOf(house: House, role: Employee["role"]): { email: string; password: string } {
  const found = house.staff.find((each) => each.role === role && each.signIn)?.signIn;
  if (!found) throw new Error(`nobody signs in as ${role}`);
  return found;
}
