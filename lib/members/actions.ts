"use server";
import { z } from "zod";
import { action } from "../access";
import * as members from "./index";
import { customFieldEdit, customValuesEdit, memberEdit, noteText } from "./schema";

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
export const makeTag = action(z.object({ name: z.string().trim().min(1).max(40) }), (ctx, { name }) =>
  members.addTag(ctx, name),
);

/** Remembers that the poster was printed. */
export const posterPrinted = action(z.object({}), members.posterPrinted);

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
