import "server-only";
import { callIn, type Tx } from "../../platform/db";
import type { Burst, Evidence } from "../model";

type EvidenceRow = {
  friend: { phones: string[]; emails: string[]; name: string | null; birthDate: string | null };
  inviter: EvidenceRow["friend"];
  same_device: boolean;
  counts: { inviter: Burst; device: Burst; network: Burst };
};

const KNOWN = (member: string) => `(SELECT jsonb_build_object('name', p.name, 'birthDate', p.birth_date,
    'phones', array_remove(array_agg(i.value) FILTER (WHERE i.kind = 'phone') || p.phone, NULL),
    'emails', array_remove(array_agg(i.value) FILTER (WHERE i.kind = 'email') || p.email, NULL))
  FROM member m JOIN member_profile p ON p.business_id = m.business_id AND p.member_id = m.id
  LEFT JOIN person_identifier i ON i.person_id = m.person_id
  WHERE m.business_id = $1::bigint AND m.id = ${member}::bigint GROUP BY p.name, p.birth_date, p.phone, p.email)`;
const COUNTED = (
  column: string,
) => `(SELECT jsonb_build_object('hour', count(*) FILTER (WHERE r.joined_at > $4::timestamptz - interval '1 hour'),
    'day', count(*)) FROM (SELECT r.joined_at FROM referral r WHERE r.business_id = $1::bigint AND r.${column} = own.${column}
      AND r.member_id >= $5::bigint AND r.joined_at > $4::timestamptz - interval '1 day' LIMIT 20000) r)`;

/** What is known of a friend and who invited them, and how many came the same way lately. `since`: a day before, as an id. */
export async function evidenceOf(
  tx: Tx,
  businessId: bigint,
  of: { memberId: bigint; inviterId: bigint; at: Date; since: bigint },
): Promise<Evidence> {
  const [row] = await callIn<EvidenceRow>(
    tx,
    `SELECT ${KNOWN("$2")} AS friend, ${KNOWN("$3")} AS inviter,
       EXISTS (SELECT FROM member f JOIN person_device d ON d.person_id = f.person_id
         JOIN person_device o ON o.device = d.device JOIN member i ON i.person_id = o.person_id
         WHERE f.business_id = $1::bigint AND f.id = $2::bigint AND i.business_id = $1::bigint AND i.id = $3::bigint) AS same_device,
       jsonb_build_object('inviter', ${COUNTED("inviter_id")}, 'device', ${COUNTED("device")}, 'network', ${COUNTED("network")}) AS counts
     FROM referral own WHERE own.business_id = $1::bigint AND own.member_id = $2::bigint`,
    [businessId, of.memberId, of.inviterId, of.at, of.since],
  );
  const nobody = { phones: [], emails: [], name: null, birthDate: null };
  const none = { hour: 0, day: 0 };
  return {
    friend: { ...nobody, ...row?.friend },
    inviter: { ...nobody, ...row?.inviter },
    isSameDevice: row?.same_device ?? false,
    fromInviter: row?.counts.inviter ?? none,
    fromDevice: row?.counts.device ?? none,
    fromNetwork: row?.counts.network ?? none,
  };
}
