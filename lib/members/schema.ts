import { z } from "zod";
import { GENDERS, NOTE_LENGTH_MAX } from "./model";

export { customFieldEdit, customValuesEdit } from "./fields/schema";

const text = (max: number) => z.string().trim().min(1).max(max);

/** What the staff may change. */
export const memberEdit = z.object({
  memberId: z.bigint(),
  name: text(120).nullable(),
  phone: text(30).nullable(),
  email: z.email().max(200).nullable(),
  birthDate: z.iso.date().nullable(),
  gender: z.enum(GENDERS).nullable(),
  note: text(2_000).nullable(),
});
export type MemberEdit = z.output<typeof memberEdit>;

/** What members may say of themselves; the card reads its form. */
export type ProfileInput = Pick<MemberEdit, "name" | "birthDate" | "gender">;

export const tagName = text(40);

/** A note the staff writes about a member. */
export const noteText = text(NOTE_LENGTH_MAX);

export const MEMBER_SORTS = ["recent", "newest"] as const;
export const memberQuery = z.object({
  search: z.string().trim().max(100).default(""),
  sort: z.enum(MEMBER_SORTS).default("recent"),
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().max(60).nullable().default(null),
});
export type MemberQuery = z.output<typeof memberQuery>;
