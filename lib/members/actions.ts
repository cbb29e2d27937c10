"use server";
import { z } from "zod";
import { action } from "../access";
import { householdEdit, householdJoin, householdLeave } from "./household/schema";
import * as members from "./index";
import { mergeInput } from "./merge/schema";
import { customFieldEdit, customValuesEdit, memberEdit, noteText, tagName } from "./schema";

/** What the staff changes about a member. */
export const saveMember = action(memberEdit, members.editMember);

/** Blocks or unblocks a member. */
export const blockMember = action(
  z.object({ memberId: z.bigint(), blocked: z.boolean() }),
  async (ctx, input) => {
    await members.setBlocked(ctx, input.memberId, input.blocked);
  },
);

/** Replaces a member's tags. */
export const tagMember = action(
  z.object({ memberId: z.bigint(), tagIds: z.array(z.bigint()).max(100) }),
  async (ctx, { memberId, tagIds }) => {
    await members.setTags(ctx, memberId, tagIds);
  },
);

/** Makes a tag and answers its id. */
export const makeTag = action(z.object({ name: tagName }), (ctx, { name }) => members.addTag(ctx, name));

/** Remembers that the poster was printed. */
export const posterPrinted = action(z.object({}), members.posterPrinted);

/** Gives a tag another name. */
export const renameTag = action(z.object({ id: z.bigint(), name: tagName }), members.renameTag);

/** Deletes a tag. */
export const deleteTag = action(z.object({ id: z.bigint() }), (ctx, { id }) => members.deleteTag(ctx, id));

const noteId = z.object({ memberId: z.bigint(), id: z.bigint() });

/** Writes a note about a member. */
export const addNote = action(z.object({ memberId: z.bigint(), text: noteText }), (ctx, { memberId, text }) =>
  members.addNote(ctx, memberId, text),
);

/** Rewrites a note of one's own. */
export const editNote = action(noteId.extend({ text: noteText }), members.editNote);

/** Deletes a note. */
export const deleteNote = action(noteId, (ctx, { memberId, id }) => members.deleteNote(ctx, memberId, id));

/** Makes or changes a custom field. */
export const saveCustomField = action(customFieldEdit, members.saveCustomField);

/** Puts a custom field away or takes it back. */
export const archiveCustomField = action(
  z.object({ id: z.bigint(), archived: z.boolean() }),
  (ctx, { id, archived }) => members.archiveCustomField(ctx, id, archived),
);

/** Moves a custom field among the others. */
export const moveCustomField = action(
  z.object({ id: z.bigint(), by: z.union([z.literal(-1), z.literal(1)]) }),
  (ctx, { id, by }) => members.moveCustomField(ctx, id, by),
);

/** Sets custom fields of a member. */
export const setCustomValues = action(customValuesEdit, members.setCustomValues);

/** Makes two members one; answers the merge, by which it is taken back. */
export const mergeMember = action(mergeInput, members.mergeMembers);

/** Takes a merge back; answers the member who is there again. */
export const undoMerge = action(z.object({ mergeId: z.bigint() }), (ctx, { mergeId }) =>
  members.undoMerge(ctx, mergeId),
);

/** Remembers that two who look alike are two people. */
export const keepMembersApart = action(z.object({ aId: z.bigint(), bId: z.bigint() }), (ctx, { aId, bId }) =>
  members.keepApart(ctx, aId, bId),
);

/** Erases a member for good. */
export const eraseMember = action(z.object({ memberId: z.bigint() }), (ctx, { memberId }) =>
  members.eraseMember(ctx, memberId),
);

/** Brings another member into one's household. */
export const joinHousehold = action(householdJoin, members.joinHousehold);

/** Names a household and says who pays. */
export const editHousehold = action(householdEdit, members.editHousehold);

/** Takes a member out of their household. */
export const leaveHousehold = action(householdLeave, (ctx, { memberId }) =>
  members.leaveHousehold(ctx, memberId),
);

/** Members by a part of their name, phone or e-mail: for choosing one. */
export const findMembers = action(
  z.object({ search: z.string().trim().max(100) }),
  async (ctx, { search }) => {
    const { rows } = await members.listMembers(ctx, { search, sort: "recent", limit: 8, cursor: null });
    return rows.map(({ id, name, phone, email }) => ({ id, name, phone, email }));
  },
);
