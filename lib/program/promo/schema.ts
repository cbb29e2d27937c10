import { z } from "zod";
import { AMOUNT_MAX } from "../../kernel/money";
import { BULK_MAX, readCode } from "./model";

const CODE_MIN = 4;
const code = z.string().transform((text, check) => {
  const read = readCode(text);
  if (read !== undefined && read.length >= CODE_MIN) return read;
  check.addIssue({ code: "custom", message: "invalid_format" });
  return z.NEVER;
});

/**
 * A campaign of codes as the office saves it. A shared one names its code; unique ones are made by `makeCodes`.
 *
 * Refuses: `ends_before_start`, `required` for a shared campaign without a code.
 */
export const promoInput = z
  .object({
    id: z.bigint().nullable(),
    name: z.string().trim().min(1).max(80),
    kind: z.enum(["shared", "unique"]),
    code: code.nullable(),
    brings: z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("points"),
        points: z.bigint().min(1n).max(AMOUNT_MAX),
        days: z.int().min(1).max(3_650).nullable(),
      }),
      z.object({ kind: z.literal("reward"), rewardId: z.bigint() }),
    ]),
    limitTotal: z.int().min(1).max(10_000_000).nullable(),
    limitPerMember: z.int().min(1).max(1_000),
    onlyNew: z.boolean(),
    startsOn: z.iso.date().nullable(),
    endsOn: z.iso.date().nullable(),
  })
  .check(({ value, issues }) => {
    if (value.startsOn !== null && value.endsOn !== null && value.endsOn < value.startsOn)
      issues.push({ code: "custom", message: "ends_before_start", path: ["endsOn"], input: value });
    if (value.kind === "shared" && value.id === null && value.code === null)
      issues.push({ code: "custom", message: "required", path: ["code"], input: value });
  });
export type PromoInput = z.output<typeof promoInput>;

export const bulkInput = z.object({ promoId: z.bigint(), count: z.int().min(1).max(BULK_MAX) });
