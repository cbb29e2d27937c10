import { expect, test } from "vitest";
import { listMembers } from "@/lib/members";
import { asOwner } from "@/tests/support/database";
import { newBusiness, newMember } from "@/tests/support/world";

const find = (search: string) => ({ search, sort: "recent" as const, limit: 50, cursor: null });

test("a search finds by a part of the phone or name, and only in its own business", async () => {
  const [one, other] = [await newBusiness(), await newBusiness()];
  const own = await newMember(one, "+380671234567");
  await newMember(other, "+380671234567");
  expect((await listMembers(one, find("123456"))).rows.map(({ id }) => id)).toEqual([own]);
  expect((await listMembers(one, find("MEMBER +38067"))).rows).toHaveLength(1);
  expect((await listMembers(one, find("%%%"))).rows).toEqual([]);
});

test("a search may use the trigram index: it looks past row-level security, at one business", async () => {
  const [{ prosecdef: isDefiner } = { prosecdef: false }] = await asOwner<{ prosecdef: boolean }>(
    "SELECT prosecdef FROM pg_proc WHERE proname = 'member_search'",
  );
  expect(isDefiner).toBe(true);
  expect(await asOwner("SELECT * FROM member_search('%a%', 10)")).toEqual([]);
});
