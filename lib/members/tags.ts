import "server-only";
import { audit, type Context, require } from "../access";
import { Refused } from "../kernel/refusals";
import { violatedConstraint, withBusiness } from "../platform/db";
import { refuseUsed } from "../platform/uses";
import type { Tag } from "./model";
import { tellChanged } from "./news";
import * as store from "./store";

/** All tags of the business, by name. */
export async function tags(ctx: Context): Promise<Tag[]> {
  require(ctx, "members:read");
  return await withBusiness(ctx.business.id, (tx) => store.tags(tx, ctx.business.id));
}

/** Makes a tag. Refuses: `name_taken`. */
export async function addTag(ctx: Context, name: string): Promise<bigint> {
  require(ctx, "members:write");
  try {
    return await withBusiness(ctx.business.id, async (tx) => {
      const id = await store.insertTag(tx, ctx, name);
      await audit(tx, ctx, "tag.add", { kind: "tag", id });
      return id;
    });
  } catch (error) {
    if (violatedConstraint(error)) throw new Refused("name_taken");
    throw error;
  }
}

/** All tags by name with how many members have each. */
export async function tagCounts(ctx: Context): Promise<(Tag & { readonly members: number })[]> {
  require(ctx, "members:read");
  return await withBusiness(ctx.business.id, (tx) => store.tagCounts(tx, ctx.business.id));
}

/** Gives a tag another name; members, rules and segments keep it. Refuses: `not_found`, `name_taken`. */
export async function renameTag(ctx: Context, { id, name }: Tag): Promise<void> {
  require(ctx, "programme:write");
  try {
    await withBusiness(ctx.business.id, async (tx) => {
      if (!(await store.renameTag(tx, ctx.business.id, id, name))) throw new Refused("not_found");
      await audit(tx, ctx, "tag.rename", { kind: "tag", id });
    });
  } catch (error) {
    if (violatedConstraint(error)) throw new Refused("name_taken", { field: "name" });
    throw error;
  }
}

/**
 * Deletes a tag for good, from all members who have it.
 *
 * Refuses: `not_found`; `in_use` with `uses` while a rule, segment or journey names it.
 */
export async function deleteTag(ctx: Context, id: bigint): Promise<void> {
  require(ctx, "programme:write");
  const { id: businessId } = ctx.business;
  await withBusiness(businessId, async (tx) => {
    await refuseUsed(tx, { businessId, now: ctx.now, kind: "tag" }, [id]);
    const members = await store.deleteTag(tx, businessId, id);
    if (members === undefined) throw new Refused("not_found");
    await audit(tx, ctx, "tag.delete", { kind: "tag", id }, { members });
  });
}

/** Replaces a member's tags. Refuses: `not_found` for an unknown member or tag; nothing is changed then. */
export async function setTags(ctx: Context, memberId: bigint, tagIds: readonly bigint[]): Promise<Tag[]> {
  require(ctx, "members:write");
  const wanted = [...new Set(tagIds)];
  return await withBusiness(ctx.business.id, async (tx) => {
    if (!(await store.profileOf(tx, ctx.business.id, memberId))) throw new Refused("not_found");
    if ((await store.knownTags(tx, ctx.business.id, wanted)) !== wanted.length)
      throw new Refused("not_found");
    await store.replaceTags(tx, ctx.business.id, memberId, wanted);
    await audit(tx, ctx, "member.tag", { kind: "member", id: memberId });
    await tellChanged(tx, ctx, memberId, "tags");
    return await store.tagsOf(tx, ctx.business.id, memberId);
  });
}
