/** Founds one more business in the installation under test: `new-house.ts NAME E-MAIL`, its owner's password in KOLO_OWNER_PASSWORD. */
import { createBusiness, systemContext } from "@/lib/access";
import { newBusiness } from "@/lib/access/schema";
import { disconnect } from "@/lib/platform/db";
import { saveProgramme } from "@/lib/program";
import { startingProgramme } from "@/lib/program/schema";

const [, , name, email] = process.argv;
const now = new Date();
const { business } = await createBusiness(
  newBusiness.parse({
    name,
    locale: "en",
    currency: "USD",
    zone: "Europe/Kyiv",
    locationName: name,
    owner: { name: "Owner", email, password: process.env.KOLO_OWNER_PASSWORD },
  }),
  now,
);
const names = { base: "Base", silver: "Silver", gold: "Gold" };
await saveProgramme(systemContext(business, "test", now), 0, startingProgramme(names));
await disconnect();
