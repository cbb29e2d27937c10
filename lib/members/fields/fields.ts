import "server-only";
/** Custom fields: made by who writes the programme, filled in by who writes members. */
import { audit, type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { violatedConstraint, withBusiness } from "../../platform/db";
import { tellChanged } from "../news";
import { profileOf } from "../store";
import {
  CUSTOM_FIELDS_MAX,
  type CustomField,
  type CustomValue,
  type CustomValues,
  customKey,
  customValue,
} from "./model";
import type { CustomFieldEdit, CustomValuesEdit } from "./schema";
import * as store from "./store";

/** All custom fields of the business in the owner's order, archived ones too. */
export async function customFields(ctx: Context): Promise<CustomField[]> {
  require(ctx, "members:read");
  return await withBusiness(ctx.business.id, (tx) => store.fields(tx, ctx.business.id));
}

/**
 * Makes a field, or changes the name and options of one; what members chose before stays.
 *
 * Refuses: `limit_reached`, `name_taken`, `not_found`, `invalid` for another kind.
 */
export async function saveCustomField(ctx: Context, edit: CustomFieldEdit): Promise<bigint> {
  require(ctx, "programme:write");
  const { id } = ctx.business;
  const options = edit.kind === "choice" ? edit.options : [];
  return await unlessTaken(() =>
    withBusiness(id, async (tx) => {
      await store.holdList(tx, id);
      const all = await store.fields(tx, id);
      if (edit.id === null) {
        refuseFull(all);
        const made = await store.insertField(tx, ctx, {
          name: edit.name,
          kind: edit.kind,
          options,
          position: all.length,
        });
        await audit(tx, ctx, "field.add", { kind: "field", id: made }, { name: edit.name });
        return made;
      }
      const before = all.find((one) => one.id === edit.id);
      if (!before) throw new Refused("not_found");
      if (before.kind !== edit.kind) throw new Refused("invalid", { field: "kind" });
      await store.updateField(tx, id, edit.id, { name: edit.name, options });
      await audit(tx, ctx, "field.edit", { kind: "field", id: edit.id }, { name: edit.name });
      return edit.id;
    }),
  );
}

/** Puts a field away or takes it back; what it holds of members stays. Refuses: `not_found`, `limit_reached`, `name_taken`. */
export async function archiveCustomField(ctx: Context, fieldId: bigint, archived: boolean): Promise<void> {
  require(ctx, "programme:write");
  const { id } = ctx.business;
  await unlessTaken(() =>
    withBusiness(id, async (tx) => {
      await store.holdList(tx, id);
      const all = await store.fields(tx, id);
      if (!all.some((one) => one.id === fieldId)) throw new Refused("not_found");
      if (!archived) refuseFull(all.filter((one) => one.id !== fieldId));
      await store.updateField(tx, id, fieldId, { archivedAt: archived ? ctx.now : null });
      await audit(tx, ctx, archived ? "field.archive" : "field.restore", { kind: "field", id: fieldId });
    }),
  );
}

/** Moves a field one place up (-1) or down (1) among those in use; at the end it stays. Refuses: `not_found`. */
export async function moveCustomField(ctx: Context, fieldId: bigint, by: -1 | 1): Promise<void> {
  require(ctx, "programme:write");
  const { id } = ctx.business;
  await withBusiness(id, async (tx) => {
    await store.holdList(tx, id);
    const all = await store.fields(tx, id);
    const used = all.filter(({ archivedAt }) => archivedAt === null);
    const at = used.findIndex((one) => one.id === fieldId);
    const [own, other] = [used[at], used[at + by]];
    if (!own) throw new Refused("not_found");
    if (!other) return;
    const order = all.map((one) => (one === own ? other : one === other ? own : one));
    for (const [position, one] of order.entries()) await store.updateField(tx, id, one.id, { position });
    await audit(tx, ctx, "field.move", { kind: "field", id: fieldId });
  });
}

/** What custom fields hold of a member, those of archived ones too. */
export async function customValuesOf(ctx: Context, memberId: bigint): Promise<CustomValues> {
  require(ctx, "members:read");
  return await withBusiness(ctx.business.id, (tx) => store.valuesOf(tx, ctx.business.id, memberId));
}

/**
 * Sets custom fields of a member, null forgets; fields that are not named stay.
 *
 * Refuses: `not_found` for the member or a field that is not in use, `invalid` (detail: the field) for a value that is none of its kind.
 */
export async function setCustomValues(ctx: Context, { memberId, values }: CustomValuesEdit): Promise<void> {
  require(ctx, "members:write");
  const { id } = ctx.business;
  await withBusiness(id, async (tx) => {
    if (!(await profileOf(tx, id, memberId))) throw new Refused("not_found");
    const known = new Map((await store.fields(tx, id)).map((one) => [one.id, one]));
    const kept: Record<string, CustomValue | null> = {};
    for (const { fieldId, value } of values) {
      const field = known.get(fieldId);
      if (!field || field.archivedAt !== null) throw new Refused("not_found");
      const own = value === null ? null : customValue(field, value);
      if (own === undefined) throw new Refused("invalid", { field: fieldId.toString() });
      kept[customKey(field)] = own;
    }
    if (values.length === 0) return;
    await store.mergeValues(tx, id, memberId, kept);
    await audit(tx, ctx, "member.fields", { kind: "member", id: memberId });
    await tellChanged(tx, ctx, memberId, "profile");
  });
}

function refuseFull(all: readonly CustomField[]): void {
  if (all.filter(({ archivedAt }) => archivedAt === null).length >= CUSTOM_FIELDS_MAX)
    throw new Refused("limit_reached");
}

async function unlessTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (violatedConstraint(error)) throw new Refused("name_taken");
    throw error;
  }
}
