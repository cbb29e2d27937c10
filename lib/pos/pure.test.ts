import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { take } from "./bucket";
import { BadForm, read } from "./form";
import { percentOf } from "./model";
import { calcForm, findQuery, pageQuery, purchaseForm, refundForm, rewardForm, tagsForm } from "./schema";
import { targetOf } from "./wire";

const complaints = (run: () => unknown) => {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof BadForm)) throw error;
    return error.errors.map((each) => [each.field, each.errorCode]);
  }
};

describe("reading", () => {
  const receipt = { total: 1, cash: 1, points: 0 };
  const purchase = (change: object) => read(purchaseForm, { code: "1", receipt, ...change });

  test.each([
    [10, 1000n],
    ["10", 1000n],
    ["10.5", 1050n],
    ["10,55", 1055n],
    [0.1 + 0.2, 30n],
    [1e9, 100_000_000_000n],
  ])("an amount of %j is %s hundredths", (total, minor) => {
    expect(purchase({ receipt: { ...receipt, total } }).receipt.total).toBe(minor);
  });

  test("points are only ever rounded down", () => {
    expect(purchase({ receipt: { ...receipt, points: 9.999 } }).receipt.points).toBe(999n);
    expect(read(rewardForm, { points: -9.999, participants: [1] }).points).toBe(-999n);
  });

  test.each([null, "", undefined, [], {}])("a participant or cashier of %j is none", (nothing) => {
    expect(purchase({ participant: nothing, cashier: nothing })).toMatchObject({
      participant: { uid: null, phone: null },
      cashier: null,
    });
  });

  test.each([
    [4321, "004321"],
    ["004 321", "004321"],
    [" 123456 ", "123456"],
    ["L-1f", "L-1f"],
    ["", null],
  ])("the code %j reads %j", (code, expected) => expect(purchase({ code }).code).toBe(expected));

  test("words that name problems are plain texts in a field", () => {
    expect(purchase({ receipt: { ...receipt, number: "max" }, nonce: "invalid" })).toMatchObject({
      receipt: { number: "max" },
      nonce: "invalid",
    });
  });

  test("a lone half of a character is mended, a zero character refused", () => {
    expect(purchase({ nonce: "a\ud800" }).nonce).toBe("a\ufffd");
    expect(complaints(() => purchase({ nonce: "a\0" }))).toEqual([["nonce", "invalid"]]);
  });

  test("all that is wrong is named at once", () => {
    expect(complaints(() => read(purchaseForm, { receipt: { total: "x", cash: -1, points: null } }))).toEqual(
      [
        ["receipt.total", "typeMismatch"],
        ["receipt.cash", "min"],
        ["receipt.points", "nullable"],
      ],
    );
    expect(complaints(() => read(calcForm, {}))).toEqual([["receipt", "nullable"]]);
  });

  test.each([undefined, null, [], {}, { partialAmount: null }, { partialAmount: "" }])(
    "a refund of %j is a full one",
    (body) => expect(read(refundForm, body)).toEqual({ partialAmount: null, nonce: null }),
  );

  test("tags in both shapes", () => {
    expect(read(tagsForm, ["ids", [1, "2"]]).ids).toEqual([1n, 2n]);
    expect(read(tagsForm, { ids: [3, 3] }).ids).toEqual([3n]);
  });

  test("queries: empty is absent, a page is at most 50", () => {
    expect(read(findQuery, { code: "", phone: " 79120000000", total: "", exchangeCode: "" })).toMatchObject({
      code: null,
      phone: " 79120000000",
      total: null,
      exchangeCode: false,
    });
    expect(read(pageQuery, {})).toEqual({ max: 10, offset: 0, cursor: null });
    expect(read(pageQuery, { max: "100", cursor: "" }).max).toBe(50);
  });

  test("whatever is sent, reading answers or complains, never breaks", () => {
    const forms = [calcForm, purchaseForm, refundForm, rewardForm, tagsForm, findQuery, pageQuery];
    fc.assert(
      fc.property(fc.constantFrom(...forms), fc.jsonValue(), (form, body) => {
        const everywhere = { receipt: body, participant: body, points: body, ids: body, max: body };
        expect(complaints(() => read(form, body))).toBeInstanceOf(Array);
        expect(complaints(() => read(form, everywhere))).toBeInstanceOf(Array);
      }),
    );
  });
});

test.each([
  ["/partner/v2/settings", "settings", ""],
  ["/partner/v2/settings/", "settings", ""],
  ["/partner/v2", "", ""],
  ["/partner/v2/", "", ""],
  ["/partner/v2//operations//?max=1/", "operations", "?max=1/"],
  ["https://api.uds.app/partner/v2/tags/?a=http://x/", "tags", "?a=http://x/"],
  ["http://host:3000/partner/v2?x", "", "?x"],
  ["/partner/v2/%E0%A4%A", "-", ""],
])("the target %j leads to %j", (url, path, query) => expect(targetOf(url)).toEqual({ path, query }));

test.each(["/partner/v20/settings", "/en/partner/v2/", "https://api.uds.app/"])(
  "the target %j is not the till API's",
  (url) => expect(targetOf(url)).toBeUndefined(),
);

test("percent of a bill, half up", () => {
  expect(percentOf(300_00n, 1_000_00n)).toBe(30);
  expect(percentOf(1n, 3n)).toBe(33.33);
  expect(percentOf(2n, 3n)).toBe(66.67);
  expect(percentOf(0n, 0n)).toBe(0);
});

describe("the bucket", () => {
  test("lets a burst through, then the rate, and says how long to wait", () => {
    let bucket = take(undefined, 0, 50, 200).bucket;
    for (let n = 1; n < 200; n += 1) ({ bucket } = take(bucket, 0, 50, 200));
    expect(take(bucket, 0, 50, 200).waitMs).toBe(20);
    expect(take(bucket, 19, 50, 200).waitMs).toBe(1);
    expect(take(bucket, 20, 50, 200).waitMs).toBe(0);
    expect(take(bucket, 3_600_000, 50, 200).bucket.milliTokens).toBe(199_000);
  });

  test("over any stretch never more than the burst and what flowed in", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 200 }), { maxLength: 300 }), (steps) => {
        let [now, latest, passed] = [0, 0, 1];
        let { bucket } = take(undefined, 0, 10, 5);
        for (const step of steps) {
          now += step;
          latest = Math.max(latest, now);
          const taken = take(bucket, now, 10, 5);
          bucket = taken.bucket;
          if (taken.waitMs === 0) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(5 + (latest * 10) / 1_000);
      }),
    );
  });
});
