import "server-only";
import { newId } from "../../kernel/ids";
import { call, callIn, type Tx, withoutBusiness } from "../../platform/db";
import { CODE_ATTEMPTS_MAX, type Limit, LOCK_MAX_MS, MINUTE_MS } from "./model";

/** One statement, so that parallel tries wait for each other: gives the lock's end when the try may not be made. */
export async function countAttempt(subject: string, limit: Limit, now: Date): Promise<Date | undefined> {
  const forgottenAt = new Date(now.getTime() - limit.forgetMs);
  const counted = await call<{ failures: number }>(
    "attempt_count",
    `INSERT INTO sign_in_attempt AS a (subject, failures, window_at) VALUES ($1, 1, $2)
     ON CONFLICT (subject) DO UPDATE SET
       failures = CASE WHEN a.window_at < $3 THEN 1 ELSE a.failures + 1 END,
       window_at = $2,
       locked_until = CASE WHEN a.window_at >= $3 AND a.failures + 1 >= $4::int
         THEN $2::timestamptz + least($5::bigint, $6::bigint * 2 ^ least(a.failures + 1 - $4::int, 10)) * interval '1 millisecond' END
     WHERE a.locked_until IS NULL OR a.locked_until <= $2
     RETURNING failures`,
    [subject, now, forgottenAt, limit.free, LOCK_MAX_MS, MINUTE_MS],
  );
  if (counted.length > 0) return undefined;
  const [row] = await call<{ locked_until: Date | null }>(
    "attempt_lock",
    "SELECT locked_until FROM sign_in_attempt WHERE subject = $1",
    [subject],
  );
  return row?.locked_until ?? now;
}

export async function forgetAttempts(subject: string): Promise<void> {
  await call("attempt_forget", "DELETE FROM sign_in_attempt WHERE subject = $1", [subject]);
}

export async function deleteAttemptsBefore(before: Date, now: Date): Promise<void> {
  await call(
    "attempts_old",
    "DELETE FROM sign_in_attempt WHERE window_at < $1 AND (locked_until IS NULL OR locked_until <= $2)",
    [before, now],
  );
}

export async function takeBackAttempt(subject: string, limit: Limit): Promise<void> {
  await call(
    "attempt_take_back",
    `UPDATE sign_in_attempt SET failures = failures - 1,
       locked_until = CASE WHEN failures - 1 >= $2::int THEN locked_until END
     WHERE subject = $1 AND failures > 0`,
    [subject, limit.free],
  );
}

export type NewCode = {
  id: string;
  purpose: "person_code" | "staff_link";
  identifier: string;
  codeHash: string;
  createdAt: Date;
  expiresAt: Date;
};

/** Keeps a code or link. A new code makes the older ones of its address worthless; links live side by side. */
export async function insertCode(code: NewCode): Promise<void> {
  await withoutBusiness(async (tx) => {
    if (code.purpose === "person_code")
      await tx.signInCode.updateMany({
        where: { purpose: code.purpose, identifier: code.identifier, usedAt: null },
        data: { usedAt: code.createdAt },
      });
    await tx.signInCode.create({ data: code });
    // What nobody used in a month tells nothing any more.
    await tx.signInCode.deleteMany({
      where: {
        purpose: code.purpose,
        identifier: code.identifier,
        createdAt: { lt: new Date(code.createdAt.getTime() - 30 * 86_400_000) },
      },
    });
  });
}

/** Spends one attempt on the newest live code of an address: its hash, or nothing when there is none left to try. */
export async function tryCode(
  purpose: NewCode["purpose"],
  identifier: string,
  now: Date,
): Promise<{ id: string; code_hash: string } | undefined> {
  const [row] = await call<{ id: string; code_hash: string }>(
    "code_try",
    `UPDATE sign_in_code SET attempts = attempts + 1
     WHERE id = (SELECT id FROM sign_in_code WHERE purpose = $1 AND identifier = $2 AND used_at IS NULL AND expires_at > $3
                 ORDER BY created_at DESC LIMIT 1)
       AND used_at IS NULL AND attempts < $4::int
     RETURNING id, code_hash`,
    [purpose, identifier, now, CODE_ATTEMPTS_MAX],
  );
  return row;
}

/** Marks a code as used inside a transaction; false when somebody else was first. */
export async function useCode(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.signInCode.updateMany({ where: { id, usedAt: null }, data: { usedAt: now } });
  return count === 1;
}

/** Uses up a link: its address, or nothing when it is wrong, used or past its time. */
export async function useLink(id: string, codeHash: string, now: Date): Promise<string | undefined> {
  const [row] = await call<{ identifier: string }>(
    "link_use",
    `UPDATE sign_in_code SET used_at = $3
     WHERE id = $1 AND purpose = 'staff_link' AND code_hash = $2 AND used_at IS NULL AND expires_at > $3
     RETURNING identifier`,
    [id, codeHash, now],
  );
  return row?.identifier;
}

/** The person an e-mail address belongs to, made at the first sign-in. */
export async function personOfEmail(
  tx: Tx,
  email: string,
  locale: string,
  now: Date,
): Promise<{ personId: bigint; isNew: boolean }> {
  const where = { kind_value: { kind: "email", value: email } };
  const known = await tx.personIdentifier.findUnique({ where });
  if (known) return { personId: known.personId, isNew: false };
  const id = newId(now);
  const claimed = await callIn<{ person_id: bigint }>(
    tx,
    `INSERT INTO person_identifier (kind, value, person_id, verified_at) VALUES ('email', $1, $2, $3)
     ON CONFLICT (kind, value) DO NOTHING RETURNING person_id`,
    [email, id, now],
  );
  if (claimed.length === 0) {
    const other = await tx.personIdentifier.findUniqueOrThrow({ where });
    return { personId: other.personId, isNew: false };
  }
  await tx.person.create({ data: { id, locale, createdAt: now } });
  return { personId: id, isNew: true };
}

export type CredentialRow = { id: bigint; email: string; passwordHash: string | null };

export async function credentialOfEmail(email: string): Promise<CredentialRow | undefined> {
  return (
    (await withoutBusiness((tx) =>
      tx.credential.findUnique({ where: { email }, select: { id: true, email: true, passwordHash: true } }),
    )) ?? undefined
  );
}

export async function setPasswordHash(credentialId: bigint, passwordHash: string): Promise<void> {
  await withoutBusiness(async (tx) => {
    await tx.credential.update({ where: { id: credentialId }, data: { passwordHash } });
  });
}

export type Employment = { business_id: bigint; staff_id: bigint; business_name: string; role: string };

/** The businesses a credential works for now. */
export async function employments(credentialId: bigint): Promise<Employment[]> {
  return await call<Employment>("staff_of_credential", "SELECT * FROM staff_of_credential($1)", [
    credentialId,
  ]);
}
