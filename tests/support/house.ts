/** A business of its own with an owner who signs in; the password stands in KOLO_OWNER_PASSWORD. */
import { type Context, createBusiness, systemContext } from "@/lib/access";
import { newBusiness } from "@/lib/access/schema";
import { saveProgramme } from "@/lib/program";
import { type ProgrammeSettings, startingProgramme } from "@/lib/program/schema";

export async function foundHouse(
  name: string | undefined,
  email: string | undefined,
  change: (settings: ProgrammeSettings) => ProgrammeSettings = (settings) => settings,
): Promise<Context> {
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
  const ctx = systemContext(business, "test", now);
  await saveProgramme(ctx, 0, change(startingProgramme({ base: "Base", silver: "Silver", gold: "Gold" })));
  return ctx;
}
