"use client";
import type { Member } from "@/lib/members";
import { BlockButton } from "./block-button";
import { EditMemberDialog } from "./edit-member-dialog";
import { GiveDialog } from "./give-dialog";

export type EditedMember = Pick<
  Member,
  "id" | "name" | "phone" | "email" | "birthDate" | "gender" | "note" | "blockedAt"
> & { points: bigint };

/** What this staff person may do with a member. */
export function MemberActions({
  member,
  may,
}: {
  member: EditedMember;
  may: { edit: boolean; block: boolean; give: boolean };
}) {
  return (
    <>
      {may.give && <GiveDialog memberId={member.id} balance={member.points} />}
      {may.edit && <EditMemberDialog member={member} />}
      {may.block && <BlockButton memberId={member.id} isBlocked={member.blockedAt !== null} />}
    </>
  );
}
