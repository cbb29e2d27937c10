import { describe, expect, test } from "vitest";
import { slugOf } from "./business/model";
import { type Actor, deviceOf, may, ownPath, PERMISSIONS, type Permission, ROLES } from "./model";

const staff = (role: (typeof ROLES)[number]): Actor => ({ kind: "staff", id: 1n, role, name: "" });
const allowed = (actor: Actor) => PERMISSIONS.filter((permission) => may(actor, permission));

describe("who may do what", () => {
  test("owners do everything in their business but what is a member's own", () => {
    const not: Permission[] = ["own:read", "own:write", "vouchers:claim", "jobs:run"];
    expect(allowed(staff("owner"))).toEqual(PERMISSIONS.filter((permission) => !not.includes(permission)));
  });

  test.each<[(typeof ROLES)[number], Permission[]]>([
    ["manager", ["business:write", "staff:write", "keys:write", "mailbox:read"]],
    [
      "marketer",
      ["staff:read", "sales:record", "sales:refund", "points:give", "programme:write", "audit:read"],
    ],
    ["cashier", ["staff:read", "points:give", "programme:write", "analytics:read", "audit:read"]],
  ])("%s may not %j", (role, permissions) => {
    for (const permission of permissions) expect(may(staff(role), permission)).toBe(false);
  });

  test("every role sees members and the programme", () => {
    for (const role of ROLES)
      expect(allowed(staff(role))).toEqual(expect.arrayContaining(["members:read", "programme:read"]));
  });

  test("a till never touches staff, keys or the programme", () => {
    const till = allowed({ kind: "till", id: 1n });
    expect(
      till.filter((one) =>
        /^(staff|keys|business|locations|audit|mailbox|own|jobs)|programme:write/.test(one),
      ),
    ).toEqual([]);
  });

  test("members and persons have what is theirs", () => {
    expect(allowed({ kind: "person", id: 1n })).toEqual(["own:read", "own:write"]);
    expect(allowed({ kind: "member", id: 1n, personId: 1n })).toEqual([
      "vouchers:claim",
      "own:read",
      "own:write",
    ]);
  });
});

describe("where to go on to", () => {
  test.each(["/en/office", "/ru/card?tab=history", "/uk/desk#top", "/en/join/salon-1"])(
    "%s is ours",
    (to) => {
      expect(ownPath(to, "/x")).toBe(to);
    },
  );

  test.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "",
    "/\n",
    "/a b",
    "/".padEnd(600, "a"),
    null,
    undefined,
    ["/en"],
  ])("%j is not", (to) => expect(ownPath(to, "/x")).toBe("/x"));
});

test.each([
  ["Bella Salon", "bella-salon"],
  ["Салон «Щука и Ёж»", "salon-shchuka-i-ezh"],
  ["Кав’ярня Їжак", "kaviarnia-izhak"],
  ["Café Zoë", "cafe-zoe"],
  ["東京", "business"],
  ["  --  ", "business"],
  ["Voucher", "voucher-business"],
])("%s becomes %s in an address", (name, slug) => expect(slugOf(name)).toBe(slug));

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
    "Chrome · Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1",
    "Safari · iPhone",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"],
  ["curl/8.0", undefined],
  [null, undefined],
])("%s is %s", (userAgent, device) => expect(deviceOf(userAgent)).toBe(device));
