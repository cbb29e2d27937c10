import "server-only";
import type { Context } from "../access";
import { normalizePhone } from "../kernel/phone";
import type { Identifier } from "../sales/model";
import { BadForm, badField } from "./form";

/**
 * Whom a till means. Shape: `mixed` when it named the customer in more than one way, which may find but not spend.
 *
 * Refuses: `BadForm` for nobody at all and for a phone that is none; `prefix` leads the field's name.
 */
export function identify(
  ctx: Context,
  code: string | null,
  participant: { readonly uid: string | null; readonly phone: string | null },
  prefix: "" | "participant.",
): { by: Identifier; mixed: boolean } {
  const { uid, phone: raw } = participant;
  if (code === null && uid === null && raw === null)
    throw new BadForm([badField(prefix ? "participant" : "code", "nullable")]);
  const phone = raw === null ? null : normalizePhone(raw, ctx.business.locale);
  if (phone === undefined && code === null && uid === null)
    throw new BadForm([badField(`${prefix}phone`, "invalid", raw)]);
  return {
    by: { code, phone: phone ?? null, uid: uid?.toLowerCase() ?? null },
    mixed: [code, uid, raw].filter((each) => each !== null).length > 1,
  };
}
