/** The edge of screens: forms in, codes out. The request itself is stood in for; sign-in is proved in the browser. */
import { redirect } from "next/navigation.js";
import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { Refused } from "@/lib/kernel/refusals";
import { action, personAction, visitorAction } from "./action";
import { id, line } from "./schema";

vi.mock("./session/door", () => ({
  currentStaff: async () => undefined,
  signedInStaff: async () => undefined,
  currentPerson: async () => ({ personId: 5n, sessionId: "s", now: new Date(0) }),
  currentVisitor: async () => ({ ip: undefined, userAgent: undefined, now: new Date(0) }),
}));

const schema = z.object({ name: line(10), tags: z.array(z.string()).default([]), id: id.optional() });
const echo = visitorAction(schema, async (_visitor, input, meta) => ({ ...input, ...meta }));

beforeEach(() => vi.stubEnv("DATABASE_APP_URL", "postgresql://nowhere"));

function form(...fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

test("forms: lists, ids, the key of a repetition; React's own fields are dropped", async () => {
  const given = form(
    ["$ACTION_ID_1", ""],
    ["name", " Anna "],
    ["tags[]", "a"],
    ["tags[]", "b"],
    ["id", "77"],
    ["idempotencyKey", "0123456789"],
  );
  expect(await echo(null, given)).toEqual({
    ok: true,
    value: { name: "Anna", tags: ["a", "b"], id: 77n, idempotencyKey: "0123456789" },
  });
  expect(await echo(null, { name: "Anna" })).toMatchObject({ ok: true, value: { name: "Anna" } });
});

test.each([
  [form(), { name: ["required"] }],
  [form(["name", "  "]), { name: ["required"] }],
  [form(["name", "a".repeat(11)]), { name: ["too_big"] }],
  [form(["name", "a"], ["id", "-1"]), { id: ["invalid_id"] }],
  [form(["name", "a"], ["id", "99999999999999999999"]), { id: ["invalid_id"] }],
  [form(["name", "a"], ["idempotencyKey", "x"]), { idempotencyKey: ["invalid_format"] }],
])("what is wrong is said by field and code (%#)", async (given, fields) => {
  expect(await echo(null, given)).toEqual({ ok: false, code: "invalid", fields });
});

test("input that is no form and no object is invalid, not a crash", async () => {
  for (const odd of [null, 5, "x", undefined])
    expect(await echo(null, odd as never)).toMatchObject({ ok: false, code: "invalid" });
});

test("nobody signed in is unauthenticated, and the verb does not run", async () => {
  const run = vi.fn<() => Promise<void>>();
  expect(await action(schema, run)(null, { name: "a" })).toEqual({
    ok: false,
    code: "unauthenticated",
    detail: {},
  });
  expect(run).not.toHaveBeenCalled();
});

test("refusals leave as code and values, bugs as `internal`", async () => {
  const refusing = personAction(z.object({}), async (person) => {
    throw new Refused("locked", { personId: person.personId });
  });
  expect(await refusing(null, {})).toEqual({ ok: false, code: "locked", detail: { personId: 5n } });
  const failing = personAction(z.object({}), async () => {
    throw new Error("secret of ours");
  });
  expect(await failing(null, {})).toEqual({ ok: false, code: "internal" });
});

test("a redirect passes through", async () => {
  const going = personAction(z.object({}), async () => redirect("/en/card"));
  await expect(going(null, {})).rejects.toThrow("NEXT_REDIRECT");
});
