import "server-only";
/**
 * Members: people in a business's programme.
 *
 * Owns identifiers, profiles, codes, tags and the list. Always true: one person is one member of a business, one phone is one
 * member of a business. Names, phones and e-mails live in `member_profile` alone.
 */
import { audit, type Context, require } from "../access";
import { normalizePhone } from "../kernel/phone";
import { Refused } from "../kernel/refusals";
import { type Tx, violatedConstraint, withBusiness, withoutBusiness } from "../platform/db";
import { requireOwn } from "./guard";
import * as list from "./list/store";
import { type MemberRow, SEARCH_MIN } from "./model";
import { tellChanged } from "./news";
import type { MemberEdit, MemberQuery, ProfileInput } from "./schema";
import * as store from "./store";

export { exchangeCode, forgetDeadCodes, showCode } from "./codes/codes";
export { eraseAgain, eraseMember } from "./erase/erase";
export {
  archiveCustomField,
  customFields,
  customValuesOf,
  moveCustomField,
  saveCustomField,
  setCustomValues,
} from "./fields/fields";
export type { CustomField, CustomValues } from "./fields/model";
export {
  editHousehold,
  type Household,
  householdOf,
  joinHousehold,
  leaveHousehold,
  type Relative,
} from "./household/household";
export { noteInstalled } from "./installed";
export {
  type Duplicate,
  duplicates,
  duplicatesOf,
  keepApart,
  type MergePreview,
  type MergeRow,
  type MergeSide,
  mergedInto,
  mergeMembers,
  mergesOf,
  previewMerge,
  survivorNamed,
  undoMerge,
} from "./merge/merge";
export type { Member, MemberRow, ShownCode, Tag } from "./model";
export { addNote, deleteNote, editNote } from "./notes/notes";
export type { NewMember } from "./store";
export { addTag, deleteTag, renameTag, setTags, tagCounts, tags } from "./tags";

/**
 * Adds a member inside the caller's transaction; who joins by invitation is counted at the inviter.
 *
 * Refuses: `phone_taken` when another member has the phone.
 */
export async function enrol(tx: Tx, ctx: Context, member: store.NewMember): Promise<bigint> {
  const invited = member.inviterId !== null;
  // Who came by invitation is looked at for bursts; of anybody else no trace is kept.
  const news = { source: member.source, invited, ...(invited ? member.trace : {}) };
  return await store.insertMember(tx, ctx, member, news);
}

/** The member a person already is here, or the one their verified phone belongs to; nothing when they are new. */
export async function memberOfPerson(
  tx: Tx,
  ctx: Context,
  personId: bigint,
  phone: string | null,
): Promise<bigint | undefined> {
  const own = await store.memberIdBy(tx, ctx.business.id, { personId });
  if (own !== undefined || phone === null) return own;
  const byPhone = await store.memberIdBy(tx, ctx.business.id, { phone });
  if (byPhone === undefined) return undefined;
  await store.linkPerson(tx, ctx, byPhone, personId);
  await tellChanged(tx, ctx, byPhone, "profile");
  return byPhone;
}

/** The member an invitation code belongs to. */
export async function inviterByCode(tx: Tx, ctx: Context, inviteCode: string): Promise<bigint | undefined> {
  return await store.memberIdBy(tx, ctx.business.id, { inviteCode });
}

/** The member with a phone, made on the spot when there is none: tills record purchases on unknown phones. */
export async function memberByPhone(ctx: Context, phone: string): Promise<bigint> {
  require(ctx, "members:write");
  try {
    return await withBusiness(ctx.business.id, async (tx) => {
      const known = await store.memberIdBy(tx, ctx.business.id, { phone });
      if (known !== undefined) return known;
      return await enrol(tx, ctx, {
        personId: null,
        inviterId: null,
        source: ctx.actor.kind === "staff" ? "desk" : "till",
        name: null,
        phone,
        email: null,
        birthDate: null,
        gender: null,
      });
    });
  } catch (error) {
    if (!violatedConstraint(error)) throw error;
    return await memberByPhone(ctx, phone); // two tills, one new phone: the other was faster
  }
}

/** All businesses a person is a member of. Time: as of now; the person's own act, so it crosses businesses. */
export async function membershipsOf(personId: bigint): Promise<{ businessId: bigint; memberId: bigint }[]> {
  return await store.memberships(personId);
}

/** The e-mail a person signs in with; the person's own act, so it crosses businesses. */
export async function emailOfPerson(personId: bigint): Promise<string | null> {
  return await withoutBusiness((tx) => store.emailOfPerson(tx, personId));
}

/** The code a member's friends join by. Refuses: `forbidden` for anybody else's, `not_found`. */
export async function inviteCodeOf(ctx: Context, memberId: bigint): Promise<string> {
  if (ctx.actor.kind === "member") requireOwn(ctx, memberId);
  else require(ctx, "members:read");
  const code = await withBusiness(ctx.business.id, (tx) => store.inviteCodeOf(tx, ctx.business.id, memberId));
  if (code === undefined) throw new Refused("not_found");
  return code;
}

/** What a member says of themselves. Refuses: `forbidden` for anybody else's card. */
export async function updateOwnProfile(ctx: Context, memberId: bigint, input: ProfileInput): Promise<void> {
  requireOwn(ctx, memberId);
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await store.updateProfile(tx, ctx.business.id, memberId, input))) throw new Refused("not_found");
    await audit(tx, ctx, "member.edit_own", { kind: "member", id: memberId });
    await tellChanged(tx, ctx, memberId, "profile");
  });
}

/**
 * What the staff changes. Refuses: `not_found`, `phone_taken`, `invalid` for a phone that is none.
 *
 * Shape: the phone as people write it at home or abroad; kept in E.164.
 */
export async function editMember(ctx: Context, input: MemberEdit): Promise<void> {
  require(ctx, "members:write");
  const { memberId, ...change } = input;
  if (change.phone !== null) {
    const phone = normalizePhone(change.phone, ctx.business.locale);
    if (phone === undefined) throw new Refused("invalid", { field: "phone" });
    change.phone = phone;
  }
  try {
    await withBusiness(ctx.business.id, async (tx) => {
      if (!(await store.updateProfile(tx, ctx.business.id, memberId, change))) throw new Refused("not_found");
      await audit(tx, ctx, "member.edit", { kind: "member", id: memberId });
      await tellChanged(tx, ctx, memberId, "profile");
    });
  } catch (error) {
    if (violatedConstraint(error)) throw new Refused("phone_taken");
    throw error;
  }
}

/** Blocks or unblocks a member: a blocked one neither earns nor spends. Refuses: `not_found`. */
export async function setBlocked(ctx: Context, memberId: bigint, blocked: boolean): Promise<void> {
  require(ctx, "members:block");
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await store.setBlocked(tx, ctx.business.id, memberId, blocked ? ctx.now : null)))
      throw new Refused("not_found");
    await audit(tx, ctx, blocked ? "member.block" : "member.unblock", { kind: "member", id: memberId });
    await tellChanged(tx, ctx, memberId, "profile");
  });
}

export type MemberPage = {
  readonly rows: readonly MemberRow[];
  readonly cursor: string | null;
  readonly tooShort: boolean;
};

/**
 * One page of the members list, most recent visit first (or newest first), or the hits of a search.
 *
 * Shape: a search wants at least three characters and looks at the first thousand hits; the cursor goes on from there.
 */
export async function listMembers(ctx: Context, query: MemberQuery): Promise<MemberPage> {
  require(ctx, "members:read");
  const tooShort = query.search.length > 0 && query.search.length < SEARCH_MIN;
  if (tooShort) return { rows: [], cursor: null, tooShort };
  const rows = await withBusiness(ctx.business.id, (tx) => list.listMembers(tx, ctx.business.id, query));
  const last = rows.at(-1);
  const more = rows.length === query.limit && last;
  const next = query.search
    ? String(Number(query.cursor ?? 0) + rows.length)
    : `${last?.lastAt?.getTime() ?? 0}_${last?.id}`;
  return { rows, cursor: more ? next : null, tooShort };
}

/** One page of members' ids in the order they came, for tills that copy the list. Shape: ids above `after`. */
export async function memberIds(
  ctx: Context,
  page: { readonly after: bigint | null; readonly skip: number; readonly limit: number },
): Promise<bigint[]> {
  require(ctx, "members:read");
  return await withBusiness(ctx.business.id, (tx) => list.memberIds(tx, ctx.business.id, page));
}

/** Remembers that the join poster was printed: one of an owner's first steps. */
export async function posterPrinted(ctx: Context): Promise<void> {
  require(ctx, "members:write");
  const { id } = ctx.business;
  await withBusiness(id, (tx) => audit(tx, ctx, "poster.print", { kind: "poster", id }));
}

/** How many members the business has. */
export async function countMembers(ctx: Context): Promise<number> {
  require(ctx, "members:read");
  return await withBusiness(ctx.business.id, (tx) => list.countMembers(tx, ctx.business.id));
}
