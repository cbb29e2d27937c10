import { z } from "zod";
import { GENDERS } from "@/lib/members/model";

const slug = z.string().regex(/^[a-z\d-]{1,80}$/);
const locale = z.enum(["en", "ru", "uk"]).catch("en");
const invite = z.preprocess(
  (value) => (value === "" || value === undefined ? null : value),
  z.string().max(20).nullable(),
);
const blank = (value: unknown) => (typeof value === "string" && value.trim() === "" ? null : value);

const FIRST_BIRTHDAY = "1900-01-01";

export const joinSignedIn = z.object({ slug, invite, locale });
export const joinWithCode = z.object({
  slug,
  invite,
  locale,
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  code: z
    .string()
    .max(20)
    .transform((text) => text.replace(/[\s-]/g, ""))
    .pipe(z.string().regex(/^\d{6}$/)),
});

export const installed = z.object({ slug });
export const leaving = z.object({ slug });

/** What a member may tell of themselves; blank means nothing. */
export const aboutYou = z.object({
  slug,
  name: z.preprocess(
    blank,
    z
      .string()
      .trim()
      .max(80)
      .regex(/^[^\p{Cc}]*$/u)
      .nullable(),
  ),
  birthDate: z.preprocess(
    blank,
    z.iso
      .date()
      .refine((day) => day >= FIRST_BIRTHDAY, "too_early")
      .nullable(),
  ),
  gender: z.preprocess(blank, z.enum(GENDERS).nullable()),
});

/** People read a code out with spaces and in small letters. */
export const takeVoucher = z.object({
  slug,
  code: z
    .string()
    .max(40)
    .transform((text) => text.replace(/[\s-]/g, "").toUpperCase())
    .pipe(z.string().regex(/^[\dA-Z]{4,32}$/)),
});

export const findByJoinCode = z.object({
  locale,
  code: z
    .string()
    .max(40)
    .transform((text) => text.replace(/[\s-]/g, "").toUpperCase())
    .pipe(z.string().regex(/^[\dA-Z]{2,20}$/)),
});
