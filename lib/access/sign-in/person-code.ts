import "server-only";
import { randomUUID } from "node:crypto";
import { Refused } from "../../kernel/refusals";
import { keyedHash, randomText, sameText } from "../../platform/crypto";
import { withoutBusiness } from "../../platform/db";
import { sendMail } from "../../platform/mail";
import type { Visitor } from "../model";
import { openPersonSession } from "../session/sessions";
import { countTry, forgive } from "./attempts";
import { codeLetter } from "./letters";
import { CODE_LENGTH, CODE_TTL_MS, RESEND_AFTER_MS } from "./model";
import * as store from "./store";

const hashOf = (id: string, code: string) => keyedHash("sign-in-code", `${id} ${code}`);

/**
 * Sends a one-time code to an address, known or not: the person comes into being with the first right code.
 *
 * Time: the code lives ten minutes; older codes of the address stop working.
 * Refuses: `locked` after too many letters, `mail_failed`.
 */
export async function requestPersonCode(
  visitor: Visitor,
  input: { email: string; locale: string },
): Promise<{ expiresAt: Date; resendAt: Date }> {
  await countTry(visitor, "letter", "code", input.email);
  const code = randomText(CODE_LENGTH, "0123456789");
  const id = randomUUID();
  const expiresAt = new Date(visitor.now.getTime() + CODE_TTL_MS);
  await store.insertCode({
    id,
    purpose: "person_code",
    identifier: input.email,
    codeHash: hashOf(id, code),
    createdAt: visitor.now,
    expiresAt,
  });
  await sendMail(await codeLetter(input.email, input.locale, code), visitor.now);
  return { expiresAt, resendAt: new Date(visitor.now.getTime() + RESEND_AFTER_MS) };
}

/**
 * Signs a person in by the code from the letter, each code once; the person is made at the first time.
 *
 * Refuses: `code_wrong` (also when it is used, past its time or tried five times), `locked` after too many guesses.
 */
export async function signInPersonByCode(
  visitor: Visitor,
  input: { email: string; code: string; locale: string },
): Promise<{ sessionId: string; personId: bigint; isNew: boolean }> {
  const counted = await countTry(visitor, "guess", "code", input.email);
  const live = await store.tryCode("person_code", input.email, visitor.now);
  if (!live || !sameText(live.code_hash, hashOf(live.id, input.code))) throw new Refused("code_wrong");
  const person = await withoutBusiness(async (tx) => {
    if (!(await store.useCode(tx, live.id, visitor.now))) throw new Refused("code_wrong");
    return await store.personOfEmail(tx, input.email, input.locale, visitor.now);
  });
  await forgive(counted);
  return { ...person, sessionId: await openPersonSession(visitor, person.personId) };
}
