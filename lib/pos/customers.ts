import "server-only";
import type { Context } from "../access";
import { Refused } from "../kernel/refusals";
import { countMembers, exchangeCode, memberIds, setTags, tags } from "../members";
import { programmeAt } from "../program";
import { customer, customers, quote } from "../sales";
import type { Customer, Identifier } from "../sales/model";
import { read } from "./form";
import type { Handler } from "./handler";
import { customerJson, pageOf, purchaseJson, tagJson } from "./model";
import { findQuery, pageQuery, tagsForm } from "./schema";
import { tenderOf } from "./tender";

const asJson = async (ctx: Context, found: Customer) =>
  customerJson(found, await programmeAt(ctx, found.programmeVersion));

/** GET customers: everybody, in the order they came; `cursor` goes on where the page ended. */
export const listCustomers: Handler = async ({ ctx, query }) => {
  const page = read(pageQuery, query());
  const { rows: ids, cursor } = pageOf(
    await memberIds(ctx, { after: page.cursor, skip: page.offset, limit: page.max + 1 }),
    page.max,
    String,
  );
  const found = await customers(ctx, ids);
  const rows = await Promise.all(found.map((each) => asJson(ctx, each)));
  return { body: { rows, total: await countOf(ctx), cursor } };
};

const COUNT_FRESH_MS = 60_000;
const COUNTS_MAX = 1_000;
const counts = new Map<bigint, { count: number; until: number }>();

/** How many customers there are, a minute old at most: a poller asks with every page, and counting reads them all. */
async function countOf(ctx: Context): Promise<number> {
  const now = ctx.now.getTime();
  const counted = counts.get(ctx.business.id);
  if (counted && now < counted.until) return counted.count;
  const count = await countMembers(ctx);
  if (counts.size >= COUNTS_MAX) counts.clear();
  counts.set(ctx.business.id, { count, until: now + COUNT_FRESH_MS });
  return count;
}

/** GET customers/{id}. */
export const getCustomer: Handler = async ({ ctx, id }) => ({
  body: await asJson(ctx, await byId(ctx, id)),
});

async function byId(ctx: Context, id: bigint): Promise<Customer> {
  const found = await customer(ctx, { memberId: id });
  if (!found) throw new Refused("not_found");
  return found;
}

/** GET customers/find: by code, phone or uid, with the price of a bill if there is one. */
export const findCustomer: Handler = async ({ ctx, query }) => {
  const form = read(findQuery, query());
  const { by, certificate } = await tenderOf(ctx, form.code, form, "");
  const bill = {
    skipMinor: form.skipLoyaltyTotal,
    unredeemableMinor: form.unredeemableTotal,
    points: null,
    brings: { certificate },
  };
  const priced = form.total === null ? undefined : await quote(ctx, { by, totalMinor: form.total, ...bill });
  const found = priced?.customer ?? (await lookedUp(ctx, by));
  const programme = await programmeAt(ctx, found.programmeVersion);
  return {
    body: {
      user: customerJson(found, programme),
      code: form.exchangeCode ? await laterCode(ctx, found, certificate ?? by.code ?? null) : null,
      type: certificate === null ? "PURCHASE" : "CERTIFICATE",
      purchase: priced ? purchaseJson(priced.price, programme) : null,
    },
  };
};

async function lookedUp(ctx: Context, by: Identifier): Promise<Customer> {
  const found = await customer(ctx, by);
  if (!found) throw new Refused("not_found");
  if (found.member.blockedAt) throw new Refused("member_blocked");
  return found;
}

/** Only a code people read out is lengthened; a long one or a certificate's comes back as it was, with its own lifetime. */
async function laterCode(ctx: Context, found: Customer, code: string | null): Promise<string | null> {
  if (code === null || !/^\d{6}$/.test(code)) return code;
  return found.foundBy === "code" ? (await exchangeCode(ctx, found.member.id)).code : null;
}

/** GET customers/{id}/tags. */
export const getTags: Handler = async ({ ctx, id }) => {
  const { tags: held } = (await byId(ctx, id)).member;
  return { body: { rows: held.map(tagJson), total: held.length } };
};

/** POST customers/{id}/tags: replaces all of them. */
export const postTags: Handler = async ({ ctx, id, body }) => {
  const held = await setTags(ctx, id, read(tagsForm, body).ids);
  return { body: { rows: held.map(tagJson), total: held.length } };
};

/** GET tags: the company's. */
export const listTags: Handler = async ({ ctx }) => {
  const all = await tags(ctx);
  return { body: { rows: all.map(tagJson), total: all.length } };
};
