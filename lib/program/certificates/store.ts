import "server-only";
import type { Context } from "../../access/model";
import { callIn, type Tx } from "../../platform/db";
import type { Certificate, CertificateMovement } from "./model";

const SELECT = `SELECT c.id, c.code, c.amount_minor AS "amountMinor", c.balance_minor AS "balanceMinor", c.member_id AS "memberId",
    coalesce(p.name, p.phone, p.email) AS "memberName", c.greeting, c.sold_at AS "soldAt", c.expires_at AS "expiresAt",
    c.withdrawn_at AS "withdrawnAt"
  FROM certificate c LEFT JOIN member_profile p ON p.business_id = c.business_id AND p.member_id = c.member_id
  WHERE c.business_id = $1::bigint`;

export async function certificateBy(
  tx: Tx,
  businessId: bigint,
  by: { readonly id?: bigint; readonly code?: string; readonly key?: string },
): Promise<Certificate | undefined> {
  const [row] = await callIn<Certificate>(
    tx,
    `${SELECT} AND (c.id = $2::bigint OR c.code = $3 OR c.key = $4)`,
    [businessId, by.id ?? null, by.code ?? null, by.key ?? null],
  );
  return row;
}

/** Certificates, the latest first: all, or a member's with something on them. */
export async function certificates(
  tx: Tx,
  businessId: bigint,
  asked: { readonly memberId: bigint | null; readonly before: bigint | null; readonly take: number },
): Promise<Certificate[]> {
  return await callIn<Certificate>(
    tx,
    `${SELECT} AND ($2::bigint IS NULL OR (c.member_id = $2::bigint AND c.balance_minor > 0 AND c.withdrawn_at IS NULL))
       AND ($3::bigint IS NULL OR c.id < $3::bigint) ORDER BY c.id DESC LIMIT $4::int`,
    [businessId, asked.memberId, asked.before, asked.take],
  );
}

export type NewCertificate = {
  readonly id: bigint;
  readonly code: string;
  readonly amountMinor: bigint;
  readonly memberId: bigint | null;
  readonly greeting: string | null;
  readonly expiresAt: Date | null;
  readonly staffId: bigint | null;
  readonly locationId: bigint | null;
  readonly key: string | null;
};

/** Keeps a new certificate and puts its money on it. */
export async function insertCertificate(tx: Tx, ctx: Context, made: NewCertificate): Promise<void> {
  const businessId = ctx.business.id;
  await tx.certificate.create({ data: { ...made, businessId, balanceMinor: 0n, soldAt: ctx.now } });
  await move(tx, ctx, made.id, {
    debit: "sold",
    credit: "certificate",
    amountMinor: made.amountMinor,
    reason: "sell",
  });
}

type Move = {
  readonly debit: string;
  readonly credit: string;
  readonly amountMinor: bigint;
  readonly reason: CertificateMovement["reason"];
};

export async function move(tx: Tx, ctx: Context, id: bigint, what: Move): Promise<void> {
  await callIn(
    tx,
    "SELECT 1 AS ok FROM certificate_move($1::bigint, $2::timestamptz, $3::bigint, $4, $5, $6::bigint, $7, NULL)",
    [ctx.business.id, ctx.now, id, what.debit, what.credit, what.amountMinor, what.reason],
  );
}

/** Locks a certificate's row, so that its balance stays what was read next. */
export async function lock(tx: Tx, businessId: bigint, id: bigint): Promise<void> {
  await callIn(
    tx,
    "SELECT id FROM certificate WHERE business_id = $1::bigint AND id = $2::bigint FOR UPDATE",
    [businessId, id],
  );
}

export async function setWithdrawn(tx: Tx, ctx: Context, id: bigint): Promise<void> {
  await tx.certificate.update({
    where: { businessId_id: { businessId: ctx.business.id, id } },
    data: { withdrawnAt: ctx.now },
  });
}

export async function attach(tx: Tx, businessId: bigint, id: bigint, memberId: bigint | null): Promise<void> {
  await tx.certificate.update({ where: { businessId_id: { businessId, id } }, data: { memberId } });
}

type EntryRow = {
  id: bigint;
  at: Date;
  credit: string;
  amountMinor: bigint;
  reason: CertificateMovement["reason"];
  operationId: bigint | null;
};

/** A certificate's movements, the latest first. */
export async function movements(
  tx: Tx,
  businessId: bigint,
  certificateId: bigint,
): Promise<CertificateMovement[]> {
  const rows = await callIn<EntryRow>(
    tx,
    `SELECT id, at, credit, amount_minor AS "amountMinor", reason, operation_id AS "operationId" FROM certificate_entry
     WHERE business_id = $1::bigint AND certificate_id = $2::bigint ORDER BY id DESC LIMIT 200`,
    [businessId, certificateId],
  );
  return rows.map(({ credit, amountMinor, ...row }) => ({
    ...row,
    amountMinor: credit === "certificate" ? amountMinor : -amountMinor,
  }));
}

/** What lies on certificates that can still be spent: what the business owes. */
export async function owed(tx: Tx, businessId: bigint, now: Date): Promise<{ count: number; minor: bigint }> {
  const { _count: count, _sum: sum } = await tx.certificate.aggregate({
    where: {
      businessId,
      withdrawnAt: null,
      balanceMinor: { gt: 0n },
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
    _count: { _all: true },
    _sum: { balanceMinor: true },
  });
  return { count: count._all, minor: sum.balanceMinor ?? 0n };
}

export async function expire(tx: Tx, businessId: bigint, now: Date): Promise<number> {
  const [row] = await callIn<{ count: number }>(
    tx,
    "SELECT certificates_expire($1::bigint, $2::timestamptz) AS count",
    [businessId, now],
  );
  return row?.count ?? 0;
}
