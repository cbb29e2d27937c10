import { z } from "zod";
import { AMOUNT_MAX } from "../../kernel/money";

/** A certificate as it is sold. */
export const certificateInput = z.object({
  amountMinor: z.bigint().min(1n).max(AMOUNT_MAX),
  validDays: z.int().min(1).max(3_650).nullable(),
  memberId: z.bigint().nullable(),
  greeting: z.string().trim().max(200).nullable(),
});
export type CertificateInput = z.output<typeof certificateInput>;
