import "server-only";
import { call, withoutBusiness } from "../../platform/db";
import type { Business } from "../model";
import { SESSION_IDLE_MS, type SessionKind } from "../sign-in/model";
import { type BusinessJson, businessOf } from "../store";

export type NewSession = {
  id: string;
  kind: SessionKind;
  credentialId?: bigint;
  personId?: bigint;
  businessId?: bigint;
  staffId?: bigint;
  userAgent: string | null;
};

export async function insertSession(session: NewSession, now: Date): Promise<void> {
  await withoutBusiness(async (tx) => {
    const expiresAt = new Date(now.getTime() + SESSION_IDLE_MS[session.kind]);
    await tx.session.create({ data: { ...session, createdAt: now, expiresAt } });
    // Nobody asks for a session long over; what is not deleted here grows for ever.
    await tx.session.deleteMany({
      where: { ...ownerOf(session), expiresAt: { lt: new Date(now.getTime() - 90 * 86_400_000) } },
    });
  });
}

export type StaffSessionRow = {
  credential_id: bigint;
  email: string;
  signed_in_at: Date;
  expires_at: Date;
  staff_id: bigint | null;
  staff_name: string | null;
  role: string | null;
  business: Business | undefined;
};

export async function staffSession(id: string, now: Date): Promise<StaffSessionRow | undefined> {
  const [row] = await call<Omit<StaffSessionRow, "business"> & { business: BusinessJson | null }>(
    "session_staff",
    "SELECT * FROM session_staff($1, $2)",
    [id, now],
  );
  return row && { ...row, business: row.business ? businessOf(row.business) : undefined };
}

export async function personSession(
  id: string,
  now: Date,
): Promise<{ person_id: bigint; expires_at: Date } | undefined> {
  const [row] = await call<{ person_id: bigint; expires_at: Date }>(
    "session_person",
    `SELECT person_id, expires_at FROM session
     WHERE id = $1 AND kind = 'person' AND revoked_at IS NULL AND expires_at > $2`,
    [id, now],
  );
  return row;
}

export async function prolong(id: string, until: Date): Promise<void> {
  await call("session_prolong", "UPDATE session SET expires_at = $2 WHERE id = $1 AND revoked_at IS NULL", [
    id,
    until,
  ]);
}

export async function choose(id: string, businessId: bigint, staffId: bigint): Promise<void> {
  await call("session_choose", "UPDATE session SET business_id = $2, staff_id = $3 WHERE id = $1", [
    id,
    businessId,
    staffId,
  ]);
}

/** Whose sessions are meant: a staff person's or a member's. */
export type SessionOwner = { credentialId?: bigint; personId?: bigint };
const ownerOf = ({ credentialId, personId }: SessionOwner) =>
  credentialId === undefined ? { personId: personId ?? null } : { credentialId };

export type SessionRow = { id: string; createdAt: Date; expiresAt: Date; userAgent: string | null };

export async function liveSessions(owner: SessionOwner, now: Date): Promise<SessionRow[]> {
  return await withoutBusiness((tx) =>
    tx.session.findMany({
      where: { ...ownerOf(owner), revokedAt: null, expiresAt: { gt: now } },
      select: { id: true, createdAt: true, expiresAt: true, userAgent: true },
      orderBy: { createdAt: "desc" },
      take: 100,
    }),
  );
}

/** Ends sessions of one owner: one, or all but one, or all. */
export async function revoke(
  owner: SessionOwner,
  which: { id?: string; except?: string },
  now: Date,
): Promise<number> {
  return await withoutBusiness(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: {
        ...ownerOf(owner),
        revokedAt: null,
        ...(which.id === undefined ? {} : { id: which.id }),
        ...(which.except === undefined ? {} : { NOT: { id: which.except } }),
      },
      data: { revokedAt: now },
    });
    return count;
  });
}

/** A browser and the person whose session it is; once is enough. */
export async function rememberDevice(sessionId: string, device: string): Promise<void> {
  await call(
    "remember_device",
    `INSERT INTO person_device (device, person_id, at) SELECT $2, person_id, created_at FROM session
     WHERE id = $1 AND person_id IS NOT NULL ON CONFLICT DO NOTHING`,
    [sessionId, device],
  );
}
