import { z } from "zod";
import { KOLO_COLOR } from "../kernel/color";
import { parseId } from "../kernel/ids";
import { isZone } from "../kernel/time";
import { RESERVED_SLUGS } from "./business/model";
import { ROLES } from "./model";

/** An id as forms and JSON carry it. */
export const id = z.union([z.string(), z.number(), z.bigint()]).transform((value, context) => {
  const parsed = parseId(value);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: "custom", message: "invalid_id" });
  return z.NEVER;
});

/** One line of text: trimmed, nothing invisible in it, neither empty nor longer than said. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);

/** The same where nothing is an answer too; blank is nothing. */
export const lineOrNothing = (max: number) =>
  z.preprocess(
    (value) => (value === undefined || (typeof value === "string" && value.trim() === "") ? null : value),
    line(max).nullable(),
  );

const idOrNothing = z.preprocess(
  (value) => (value === "" || value === undefined ? null : value),
  id.nullable(),
);

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
/** Long enough to resist guessing, short enough to hash; length counts more than symbols. */
export const newPassword = z.string().min(10).max(200);
const locale = z.enum(["en", "ru", "uk"]).catch("en");
const to = z.string().max(500).optional();
const accent = z
  .string()
  .toLowerCase()
  .regex(/^#[\da-f]{6}$/);
const currency = z.string().trim().toUpperCase().refine(isCurrency, "invalid_currency");
const zone = z.string().max(64).refine(isZone, "invalid_zone");

function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf("currency").includes(code);
}

// Signing in
export const sendPersonCode = z.object({ email, locale });
export const enterPersonCode = z.object({
  email,
  code: z
    .string()
    .max(20)
    // As copied from a letter or typed with spaces.
    .transform((text) => text.replace(/[\s-]/g, ""))
    .pipe(z.string().regex(/^\d{6}$/)),
  locale,
  to,
});
export const enterPassword = z.object({ email, password: z.string().min(1).max(200), locale, to });
export const sendStaffLink = z.object({ email, locale, to });
export const openStaffLink = z.object({ token: z.string().min(1).max(200), locale, to });
export const chooseBusiness = z.object({ businessId: id, locale, to });
export const setPassword = z.object({ password: newPassword, current: z.string().max(200).optional() });
export const signOut = z.object({ locale });
export const oneSession = z.object({ id: z.string().regex(/^[\da-f]{24}$/) });
export const nothing = z.object({});

// The business and its team
export const one = z.object({ id });
const businessFields = { name: line(100), currency, locale: z.enum(["en", "ru", "uk"]), zone, accent };
export const businessProfile = z.object(businessFields);
export const newBusiness = z.object({
  ...businessFields,
  accent: accent.default(KOLO_COLOR),
  slug: z
    .string()
    .regex(/^[a-z\d]+(-[a-z\d]+)*$/)
    .max(60)
    .refine((slug) => !RESERVED_SLUGS.includes(slug), "reserved")
    .optional(),
  id: id.optional(),
  joinCode: z
    .string()
    .regex(/^[A-Z\d]{4,12}$/)
    .optional(),
  locationName: line(100),
  owner: z.object({ name: line(100), email, password: newPassword.optional() }),
});
export type NewBusiness = z.input<typeof newBusiness>;

const role = z.enum(ROLES);
const emailOrNothing = z.preprocess(
  (value) => (value === "" || value === undefined ? null : value),
  email.nullable(),
);
export const newStaff = z
  .object({
    name: line(100),
    email: emailOrNothing,
    role,
    externalId: lineOrNothing(100),
    locationId: idOrNothing,
  })
  // Everybody but a cashier needs to sign in for there to be any point.
  .refine((staff) => staff.email !== null || staff.role === "cashier", {
    path: ["email"],
    message: "required",
  });
export const staffRole = z.object({ id, role });
export const newLocation = z.object({ name: line(100), address: lineOrNothing(200) });
export const changedLocation = z.object({ id, name: line(100), address: lineOrNothing(200) });
export const newApiKey = z.object({ name: line(60) });

// Reading
const take = z.coerce.number().int().min(1).max(200).default(50);
export const auditPage = z.object({
  before: id.optional(),
  take,
  subject: z.object({ kind: z.string().max(40), id }).optional(),
});
export const mailboxPage = z.object({ before: id.optional(), take });
