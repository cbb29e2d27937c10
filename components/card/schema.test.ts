import { describe, expect, test } from "vitest";
import { aboutYou, findByJoinCode, joinWithCode, takeVoucher } from "./schema";

describe("what a member says of themselves", () => {
  const said = { slug: "salon", name: " Анна ", birthDate: "1990-02-28", gender: "female" };
  test("is trimmed", () => expect(aboutYou.parse(said).name).toBe("Анна"));
  test("blank is nothing", () =>
    expect(aboutYou.parse({ slug: "salon", name: "  ", birthDate: "", gender: "" })).toEqual({
      slug: "salon",
      name: null,
      birthDate: null,
      gender: null,
    }));
  test.each([
    ["birthDate", "1990-02-30"],
    ["birthDate", "1899-12-31"],
    ["birthDate", "yesterday"],
    ["gender", "robot"],
    ["name", "x".repeat(81)],
    ["name", "a\u0000b"],
    ["slug", "../etc"],
  ])("%s %j is refused", (field, value) =>
    expect(aboutYou.safeParse({ ...said, [field]: value }).success).toBe(false),
  );
});

test("codes are read however people type them", () => {
  expect(takeVoucher.parse({ slug: "salon", code: "8hp9 j4z8-ampd 4ytr" }).code).toBe("8HP9J4Z8AMPD4YTR");
  expect(findByJoinCode.parse({ code: " roma-shka ", locale: "xx" })).toEqual({
    code: "ROMASHKA",
    locale: "en",
  });
  const joining = { slug: "salon", invite: "", locale: "ru", email: " A@B.example ", code: "123 456" };
  expect(joinWithCode.parse(joining)).toEqual({
    slug: "salon",
    invite: null,
    locale: "ru",
    email: "a@b.example",
    code: "123456",
  });
});
