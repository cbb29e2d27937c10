/** A founded business with its owner, visitors at the door, and the letters they get: what tests of access start from. */
import type { Context, Role } from "@/lib/access";
import { addStaff, createBusiness } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { asOwner } from "./database";

export const MINUTE_MS = 60_000;
export const NOW = new Date("2026-03-03T10:00:00Z");
export const later = (ms: number, from = NOW) => new Date(from.getTime() + ms);

let count = 0;
/** A text no other test has used. */
export const unique = (prefix: string) => `${prefix}${process.env.VITEST_POOL_ID}x${++count}`;
export const someEmail = (prefix = "someone") => `${unique(prefix)}@example.com`;

/** Whoever knocks: from an address of their own unless said otherwise. */
export const visitor = (now = NOW, ip?: string) => ({ ip, userAgent: "a test", now });

/** The code of what a promise refuses with; fails when it does not refuse. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refused) return error.code;
  throw new Error("was not refused", { cause: error });
}

/** A business of its own, seen by its owner. */
export async function founded(password?: string) {
  const email = someEmail("owner");
  const { business, ownerId, locationId } = await createBusiness(
    {
      name: unique("Salon "),
      currency: "EUR",
      locale: "en",
      zone: "Europe/Kyiv",
      locationName: "Centre",
      owner: { name: "Olha Owner", email, ...(password === undefined ? {} : { password }) },
    },
    NOW,
  );
  const ctx: Context = {
    actor: { kind: "staff", id: ownerId, role: "owner", name: "Olha" },
    business,
    now: NOW,
  };
  return { ctx, business, ownerId, locationId, email };
}

/** Somebody with a role in a business, as their own context. */
export async function colleague(owner: Context, role: Role) {
  const email = someEmail(role);
  const { id } = await addStaff(owner, { name: role, email, role, externalId: null, locationId: null });
  const ctx: Context = { ...owner, actor: { kind: "staff", id, role, name: role } };
  return { ctx, id, email };
}

/** The newest letter to an address. */
export async function letterTo(email: string) {
  const [letter] = await asOwner<{ subject: string; html: string; text: string; kind: string }>(
    "SELECT subject, html, text, kind FROM mail WHERE recipient = $1 ORDER BY id DESC LIMIT 1",
    [email],
  );
  if (!letter) throw new Error(`no letter to ${email}`);
  return letter;
}

/** The six digits of the newest letter. */
export async function codeTo(email: string): Promise<string> {
  return /\b\d{6}\b/.exec((await letterTo(email)).text)?.[0] ?? "none";
}

/** The token of the newest letter's link. */
export async function tokenTo(email: string): Promise<string> {
  const address = /https?:\S+/.exec((await letterTo(email)).text)?.[0] ?? "http://none";
  return new URL(address).searchParams.get("token") ?? "none";
}

/** What the audit trail of a business says was done, oldest first. */
export async function audited(businessId: bigint): Promise<string[]> {
  const rows = await asOwner<{ action: string }>(
    "SELECT action FROM audit WHERE business_id = $1 ORDER BY id",
    [businessId],
  );
  return rows.map(({ action }) => action);
}
