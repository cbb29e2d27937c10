import { beforeAll, describe, expect, test } from "vitest";
import { type Context, revokeApiKey } from "@/lib/access";
import { addTag, setBlocked, showCode } from "@/lib/members";
import { grant } from "@/lib/sales";
import { newTill, numberAt, type Till, valueAt } from "@/tests/support/till";
import { newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let till: Till;
let nextPhone = 380_670_000_000;
const phone = () => `+${(nextPhone += 1)}`;

/** A member with points, and a code to spend them with. */
async function guest(points = 0n, where = ctx) {
  const number = phone();
  const memberId = await newMember(where, number);
  const give = { memberId, points, comment: null, key: null, source: "seed" } as const;
  if (points > 0n) await grant(where, give);
  return { memberId, phone: number, code: (await showCode(where, memberId)).code };
}
const bill = (total: number, points = 0, cash = total - points) => ({ total, cash, points });

beforeAll(async () => {
  ctx = await newBusiness({ maxPointsBps: 5_000 }, new Date());
  till = await newTill(ctx);
});

describe("who may ask", () => {
  const asked = async (authorization: string) => await till.get("settings", { authorization });
  const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

  test("no key is 403 forbidden, every wrong one 401 unauthorized", async () => {
    expect(await asked("")).toMatchObject({ status: 403, body: { errorCode: "forbidden" } });
    const wrong = [
      basic(`${ctx.business.id}:nope`),
      basic(`${ctx.business.id}:`),
      basic("1:nope"),
      basic("not-a-number:nope"),
      basic("99999999999999999999999:x"),
      "Basic",
      "Basic !!!",
      "Bearer abc",
      `${till.authorization}x=`,
    ];
    for (const each of wrong) {
      const answered = await asked(each);
      expect([each, answered.status]).toEqual([each, 401]);
      expect(answered.body).toEqual({
        errorCode: "unauthorized",
        message: "The request requires user authentication.",
      });
      expect(answered.headers.get("www-authenticate")).toMatch(/^Basic /);
    }
  });

  test("a revoked key is refused, another business's customers are not there", async () => {
    const other = await newBusiness({}, new Date());
    const [gone, foreign] = [await newTill(other), await newTill(other)];
    expect((await gone.get("settings")).status).toBe(200);
    await revokeApiKey(other, { id: gone.keyId });
    expect((await gone.get("settings")).status).toBe(401);
    const { memberId, code, phone: number } = await guest();
    expect((await foreign.get(`customers/${memberId}`)).status).toBe(404);
    expect((await foreign.get(`customers/find?code=${code}`)).status).toBe(404);
    expect((await foreign.get(`customers/find?phone=${encodeURIComponent(number)}`)).status).toBe(404);
    expect((await foreign.post("operations", { code, receipt: bill(10) })).status).toBe(404);
    const made = await till.post("operations", { code, receipt: bill(10) });
    const id = numberAt(made.body, "id");
    expect((await foreign.get(`operations/${id}`)).status).toBe(404);
    expect((await foreign.post(`operations/${id}/refund`)).status).toBe(404);
  });
});

describe("headers and addresses", () => {
  test("every answer has a request id and a time, and gives the caller's id back as it was", async () => {
    const headers = { "x-origin-request-id": "uds-amocrm-integration" };
    const calls = [
      await till.get("settings", headers),
      await till.get("settings", { ...headers, authorization: "Basic x" }),
      await till.get("nowhere/at/all", headers),
      await till.get("", headers),
      await till.send("PUT", "settings", {}, headers),
      await till.post("operations", "{", headers),
      await till.post("operations", "x".repeat(1_000_001), headers),
    ];
    expect(calls.map((each) => each.status)).toEqual([200, 401, 404, 404, 405, 400, 413]);
    for (const each of calls) {
      expect(each.headers.get("x-request-id")).toMatch(
        /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/,
      );
      expect(each.headers.get("x-timestamp")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(each.headers.get("x-origin-request-id")).toBe("uds-amocrm-integration");
    }
    expect(calls[4]?.headers.get("allow")).toBe("GET");
    expect((await till.get("settings")).headers.has("x-origin-request-id")).toBe(false);
  });

  test.each([
    ["ru-RU,ru;q=0.9", "Ничего не найдено."],
    ["uk", "Нічого не знайдено."],
    ["de, en;q=0.5", "The page you requested is not found."],
    ["", "The page you requested is not found."],
  ])("Accept-Language %j chooses the message", async (language, message) => {
    const answered = await till.get("operations/1", { "accept-language": language });
    expect(answered).toMatchObject({ status: 404, body: { errorCode: "notFound", message } });
  });

  test("a burst above the limit is 429 with the usual body", async () => {
    const busy = await newBusiness({}, new Date());
    const quick = await newTill({ ...busy, business: busy.business });
    const calls = await Promise.all(Array.from({ length: 260 }, () => quick.get("nowhere")));
    expect(calls.every(({ status }) => status === 404)).toBe(true);
    const counted = await Promise.all(Array.from({ length: 260 }, () => quick.get("operations/0")));
    const refused = counted.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(counted.length - refused.length).toBeGreaterThanOrEqual(200);
    expect(refused[0]).toMatchObject({ body: { errorCode: "tooManyRequests" } });
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  });
});

describe("bodies", () => {
  const fields = async (body: unknown, path = "operations") => {
    const answered = await till.post(path, body);
    expect(answered).toMatchObject({ status: 400, body: { errorCode: "badRequest" } });
    return (valueAt(answered.body, "errors") as { field?: string; errorCode: string }[]).map(
      (each) => `${each.field ?? ""} ${each.errorCode}`,
    );
  };
  const receipt = bill(100);

  test.each([
    [{}, ["receipt nullable"]],
    [{ receipt: {} }, ["receipt.total nullable"]],
    [{ receipt: [] }, ["receipt nullable"]],
    [{ receipt: "x" }, ["receipt typeMismatch"]],
    [[], ["- nullable"]],
    [["x"], ["- typeMismatch"]],
    ["null", ["- nullable"]],
    ["12", ["- typeMismatch"]],
    [{ receipt }, ["participant nullable"]],
    [{ receipt, participant: { phone: "" }, code: "" }, ["participant nullable"]],
    [{ receipt, participant: { phone: "call me" } }, ["participant.phone invalid"]],
    [{ receipt: { ...receipt, total: -1 } }, ["receipt.total min"]],
    [{ receipt: { ...receipt, total: 0 } }, ["receipt.total min"]],
    [{ receipt: { ...receipt, total: 1e308 } }, ["receipt.total max"]],
    [{ receipt: { ...receipt, total: 10.001 } }, ["receipt.total scale"]],
    [{ receipt: { ...receipt, total: "ten" } }, ["receipt.total typeMismatch"]],
    [{ receipt: { ...receipt, total: "NaN" } }, ["receipt.total typeMismatch"]],
    [{ receipt: { ...receipt, total: true } }, ["receipt.total typeMismatch"]],
    [{ receipt: { ...receipt, total: [1] } }, ["receipt.total typeMismatch"]],
    [{ receipt: { total: 100 } }, ["receipt.cash nullable", "receipt.points nullable"]],
    [{ receipt: { ...receipt, number: "9".repeat(256) } }, ["receipt.number size"]],
    [{ receipt: { ...receipt, number: "a\u0000b" } }, ["receipt.number invalid"]],
    [{ receipt, code: { deep: 1 } }, ["code typeMismatch"]],
    [{ receipt, tags: [1, "x"] }, ["tags typeMismatch"]],
    [{ receipt, tags: "1" }, ["tags typeMismatch"]],
  ])("%j is badRequest with %j", async (body, expected) => {
    const complaints = await fields(body);
    for (const each of expected) expect(complaints.map((c) => c.replace(/^ /, "- "))).toContain(each);
  });

  test("broken JSON and other content types are named", async () => {
    expect(await fields('{"receipt":')).toEqual([" malformedJson"]);
    expect(await fields("[".repeat(100_000))).toEqual([" malformedJson"]);
    const form = await till.post("operations", "total=1", {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(form).toMatchObject({ status: 400 });
    expect(valueAt(form.body, "errors.0")).toMatchObject({ errorCode: "contentType", field: "Content-Type" });
  });

  test("a purchase over the receipt limit, or skipping more than there is, names the field", async () => {
    const limited = await newTill(await newBusiness({ receiptLimitMinor: 10_000n }, new Date()));
    const answered = await limited.post("operations", {
      participant: { phone: phone() },
      receipt: bill(100.01),
    });
    expect(valueAt(answered.body, "errors.0")).toMatchObject({ field: "receipt.total", errorCode: "max" });
    const skipping = { participant: { phone: phone() }, receipt: { ...receipt, skipLoyaltyTotal: 101 } };
    expect(await fields(skipping)).toEqual(["receipt.skipLoyaltyTotal max"]);
    expect(await fields(skipping, "operations/calc")).toEqual(["receipt.skipLoyaltyTotal max"]);
    const { code } = await guest();
    const found = await till.get(`customers/find?code=${code}&total=10&unredeemableTotal=11`);
    expect(valueAt(found.body, "errors.0")).toMatchObject({ field: "unredeemableTotal", errorCode: "max" });
  });
});

describe("what real clients do", () => {
  test("trailing slashes, empty parameters, a lost plus, both identifiers", async () => {
    const { code, phone: number, memberId } = await guest();
    const found = async (query: string) =>
      valueAt((await till.get(`customers/find/?${query}`)).body, "user.participant.id");
    const id = Number(memberId);
    expect(await found(`code=&phone=${number}&uid=&total=&skipLoyaltyTotal=&exchangeCode=`)).toBe(id);
    expect(await found(`phone=${number.replace("+", "%2b")}`)).toBe(id);
    expect(await found(`phone=${number.replace("+", "%252b")}`)).toBe(id);
    expect(await found(`code=${code}&phone=%2B380000000000`)).toBe(id);
    expect(await found(`code=456123x&phone=${number}`)).toBe(id);
    expect((await till.get("customers/find")).status).toBe(400);
    expect((await till.get("operations//?max=1")).status).toBe(200);
  });

  test("nulls, numeric strings, unknown fields, a misspelt cashier, a code without its zeros", async () => {
    const { code } = await guest();
    const answered = await till.post("operations", {
      code: Number(code),
      participant: { uid: null, phone: null },
      nonce: null,
      tags: null,
      description: "who knows",
      cashier: { extrnalId: "nobody-here", name: null },
      receipt: {
        total: "100.50",
        cash: "100,50",
        points: "0",
        number: null,
        skipLoyaltyTotal: null,
        unredeemableTotal: "",
      },
    });
    expect(answered).toMatchObject({ status: 200, body: { total: 100.5, cash: 100.5, cashier: null } });
  });

  test("a refund's body may be [], {}, null, empty or missing, with or without a content type", async () => {
    for (const [body, headers] of [
      ["[]", {}],
      ["{}", {}],
      ["null", {}],
      ["", {}],
      [undefined, {}],
      ['{"partialAmount":null}', {}],
      ['{"partialAmount":""}', { "content-type": "" }],
    ] as const) {
      const made = await till.post("operations", { participant: { phone: phone() }, receipt: bill(10) });
      const answered = await till.post(`operations/${numberAt(made.body, "id")}/refund/`, body, headers);
      expect([body, answered.status]).toEqual([body, 200]);
      expect(answered.body).toMatchObject({ state: "REVERSAL", total: -10 });
    }
  });

  test("more than a page is a page; an absurd page is refused", async () => {
    expect((await till.get("operations?max=100")).status).toBe(200);
    expect((await till.get("customers?max=1000&offset=10000&cursor=")).status).toBe(200);
    for (const query of ["max=0", "max=-1", "max=ten", "offset=-1", "offset=10001", "cursor=x"])
      expect([query, (await till.get(`operations?${query}`)).status]).toEqual([query, 400]);
  });
});

describe("saying no", () => {
  const refusedWith = async (answered: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await answered;
    return `${status} ${String(valueAt(body, "errorCode"))}`;
  };
  const both = async (body: object) => [
    await refusedWith(till.post("operations/calc", body)),
    await refusedWith(till.post("operations", body)),
  ];
  const twice = (code: string) => [code, code];

  test("calc and create refuse alike", async () => {
    const rich = await guest(100_00n);
    const spend = (total: number, points: number) => ({ code: rich.code, receipt: bill(total, points) });
    expect(await both(spend(1000, 100.01))).toEqual(twice("400 insufficientFunds"));
    expect(await both(spend(100, 50.01))).toEqual(twice("400 discountLimitExceed"));
    expect(await both({ code: "000000", receipt: bill(1) })).toEqual(twice("404 notFound"));
    expect(await both({ participant: { uid: "no-such" }, receipt: bill(1) })).toEqual(twice("404 notFound"));
    const byPhone = { participant: { phone: rich.phone }, receipt: bill(100, 1) };
    expect(await both(byPhone)).toEqual(twice("400 withdrawNotPermitted"));
    expect(await both({ ...byPhone, participant: { phone: phone() } })).toEqual(
      twice("400 withdrawNotPermitted"),
    );
    expect(await both({ ...spend(100, 1), participant: { phone: rich.phone } })).toEqual(
      twice("400 withdrawNotPermitted"),
    );
    await setBlocked(ctx, rich.memberId, true);
    expect(await both({ code: rich.code, receipt: bill(1) })).toEqual(twice("400 participantIsBlocked"));
    expect(await refusedWith(till.get(`customers/find?code=${rich.code}`))).toBe("400 participantIsBlocked");
  });

  test("cash that does not add up, a used code, a nonce used otherwise", async () => {
    const { code, phone: number } = await guest();
    expect(await refusedWith(till.post("operations", { code, receipt: bill(100, 0, 99) }))).toBe(
      "400 invalidChecksum",
    );
    expect((await till.post("operations", { code, receipt: bill(100) })).status).toBe(200);
    expect(await refusedWith(till.post("operations", { code, receipt: bill(100) }))).toBe("404 notFound");
    const once = { nonce: crypto.randomUUID(), participant: { phone: number }, receipt: bill(20) };
    const first = await till.post("operations", once);
    expect(await till.post("operations", once)).toMatchObject({ status: 200, body: first.body as object });
    expect(await refusedWith(till.post("operations", { ...once, receipt: bill(21) }))).toBe(
      "409 nonceConflict",
    );
    expect(await refusedWith(till.post("operations", { ...once, cashier: { externalId: "z" } }))).toBe(
      "409 nonceConflict",
    );
  });

  test("many at once: one nonce is one purchase, one code pays once", async () => {
    const together = async (body: object) =>
      await Promise.all(Array.from({ length: 8 }, () => till.post("operations", body)));
    const once = { nonce: crypto.randomUUID(), participant: { phone: phone() }, receipt: bill(20) };
    const same = await together(once);
    expect(new Set(same.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
    expect(same[0]?.status).toBe(200);
    const { code } = await guest();
    const codes = await together({ code, receipt: bill(3) });
    expect(codes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(codes.filter(({ status }) => status === 404)).toHaveLength(7);
  });

  test("purchases by phone where they are off", async () => {
    const closed = await newBusiness({ purchaseByPhone: false }, new Date());
    const other = await newTill(closed);
    const known = await guest(0n, closed);
    for (const number of [known.phone, phone()])
      for (const path of ["operations/calc", "operations"])
        expect(
          await refusedWith(other.post(path, { participant: { phone: number }, receipt: bill(1) })),
        ).toBe("400 purchaseByPhoneDisabled");
  });

  test("refunds beyond the purchase, of a refund, of nothing", async () => {
    const made = await till.post("operations", { participant: { phone: phone() }, receipt: bill(10) });
    const id = numberAt(made.body, "id");
    const refund = async (body?: unknown) => await till.post(`operations/${id}/refund`, body);
    expect(await refusedWith(refund({ partialAmount: 10.01 }))).toBe("400 badRequest");
    expect(await refusedWith(refund({ partialAmount: 0 }))).toBe("400 badRequest");
    const reversal = await refund({ partialAmount: "4" });
    expect(reversal.body).toMatchObject({ total: -4, cash: -4, points: 0, origin: { id } });
    expect(await refusedWith(till.post(`operations/${numberAt(reversal.body, "id")}/refund`))).toBe(
      "400 badRequest",
    );
    await refund();
    expect(await refusedWith(refund())).toBe("400 badRequest");
    expect(await till.get(`operations/${id}`)).toMatchObject({ body: { state: "CANCELED", total: 10 } });
    expect(await refusedWith(till.post("operations/123/refund"))).toBe("404 notFound");
    expect(await refusedWith(till.get("operations/abc"))).toBe("404 notFound");
  });

  test("vouchers without points policy, without rate, with all of it skipped", async () => {
    const discount = await newTill(await newBusiness({ policy: "discount" }, new Date()));
    expect(await refusedWith(discount.post("operations/voucher", { receipt: { total: 10 } }))).toBe(
      "400 invalidChecksum",
    );
    const skipped = { receipt: { total: 10, skipLoyaltyTotal: 10 } };
    expect(await refusedWith(till.post("operations/voucher", skipped))).toBe("400 invalidChecksum");
    expect(await refusedWith(till.post("operations/voucher", {}))).toBe("400 badRequest");
  });

  test("tags that are not there", async () => {
    const { memberId } = await guest();
    expect(await refusedWith(till.post(`customers/${memberId}/tags`, { ids: [1] }))).toBe("404 notFound");
    expect(await refusedWith(till.post(`customers/${memberId}/tags`, {}))).toBe("400 badRequest");
    expect(await refusedWith(till.get("customers/5/tags"))).toBe("404 notFound");
    const tagged = { participant: { phone: phone() }, receipt: bill(1), tags: [5] };
    expect(await refusedWith(till.post("operations", tagged))).toBe("400 badRequest");
    expect((await till.get("customers/find?" + new URLSearchParams(tagged.participant))).status).toBe(404);
  });
});

describe("tags", () => {
  test("are listed, replaced and set with a purchase", async () => {
    const [a, b] = [await addTag(ctx, "Alpha"), await addTag(ctx, "Beta")].map(Number);
    const { memberId, code } = await guest();
    const listed = await till.get("tags");
    expect(valueAt(listed.body, "rows")).toContainEqual({ id: a, name: "Alpha" });
    const both = {
      rows: [
        { id: a, name: "Alpha" },
        { id: b, name: "Beta" },
      ],
      total: 2,
    };
    expect((await till.post(`customers/${memberId}/tags`, { ids: [a, String(b), a] })).body).toEqual(both);
    expect((await till.get(`customers/${memberId}/tags`)).body).toEqual(both);
    expect((await till.post(`customers/${memberId}/tags`, ["ids", [b]])).body).toMatchObject({ total: 1 });
    expect((await till.post(`customers/${memberId}/tags`, { ids: [] })).body).toEqual({ rows: [], total: 0 });
    await till.post("operations", { code, receipt: bill(5), tags: [b] });
    expect((await till.get(`customers/${memberId}`)).body).toMatchObject({ tags: [{ id: b, name: "Beta" }] });
  });
});
