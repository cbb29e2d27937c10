/** A small business to test on: made through the verbs, with any programme. */
import { type Context, findBusiness, systemContext } from "@/lib/access";
import { newId } from "@/lib/kernel/ids";
import { enrol } from "@/lib/members";
import { withBusiness } from "@/lib/platform/db";
import { saveProgramme } from "@/lib/program";
import { type ProgrammeSettings, startingProgramme } from "@/lib/program/schema";
import { asOwner } from "./database";

export const NOON = new Date("2026-03-10T10:00:00Z");

/** The context of a new business whose programme is the starting one with some settings changed. */
export async function newBusiness(change: Partial<ProgrammeSettings> = {}, now = NOON): Promise<Context> {
  const id = newId(now);
  await asOwner(
    `INSERT INTO business (id, name, slug, join_code, currency, locale, zone, accent, created_at)
     VALUES ($1, 'Test', $2, $3, 'UAH', 'uk', 'Europe/Kyiv', '#7a3cff', $4)`,
    [id, `test-${id}`, `J${id}`, now],
  );
  const business = await findBusiness({ id });
  if (!business) throw new Error("the business was just made");
  const ctx = systemContext(business, "test", now);
  const names = { base: "Base", silver: "Silver", gold: "Gold" };
  await saveProgramme(ctx, 0, { ...startingProgramme(names), ...change });
  return ctx;
}

/** A member known by phone. */
export async function newMember(
  ctx: Context,
  phone: string,
  inviterId: bigint | null = null,
): Promise<bigint> {
  return await withBusiness(ctx.business.id, (tx) =>
    enrol(tx, ctx, {
      personId: null,
      inviterId,
      source: "test",
      name: `Member ${phone}`,
      phone,
      email: null,
      birthDate: null,
      gender: null,
    }),
  );
}

/** The same context at another moment. */
export const at = (ctx: Context, now: Date): Context => ({ ...ctx, now });

export const days = (from: Date, count: number) => new Date(from.getTime() + count * 86_400_000);
