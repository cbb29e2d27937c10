/** Signing in: codes once, links once, guesses counted however many come at once. */
import { describe, expect, test } from "vitest";
import {
  currentStaff,
  forgetOldTries,
  readPersonSession,
  readStaffSession,
  requestPersonCode,
  requestStaffLink,
  setPassword,
  signInPersonByCode,
  signInStaffByLink,
  signInStaffByPassword,
} from "@/lib/access";
import { assert } from "@/lib/kernel/refusals";
import { asOwner } from "@/tests/support/database";
import {
  codeTo,
  founded,
  later,
  letterTo,
  MINUTE_MS,
  NOW,
  refusal,
  someEmail,
  tokenTo,
  visitor,
} from "@/tests/support/doors";

const PASSWORD = "a long enough one";
const wrongOf = (code: string) => (code === "000000" ? "000001" : "000000");
const wanted = (email: string, locale = "en") => ({ email, locale });

describe("a person's code", () => {
  test("makes the person at the first sign-in and finds them at the next", async () => {
    const email = someEmail();
    await requestPersonCode(visitor(), wanted(email, "uk"));
    expect((await letterTo(email)).subject).toContain("ваш код");
    const first = await signInPersonByCode(visitor(), { ...wanted(email, "uk"), code: await codeTo(email) });
    expect(first.isNew).toBe(true);
    await requestPersonCode(visitor(later(MINUTE_MS)), wanted(email));
    const again = await signInPersonByCode(visitor(later(MINUTE_MS)), {
      ...wanted(email),
      code: await codeTo(email),
    });
    expect(again).toMatchObject({ isNew: false, personId: first.personId });
    expect(await readPersonSession(first.sessionId, NOW)).toMatchObject({ personId: first.personId });
  });

  test("works once, even when sent twice at once", async () => {
    const email = someEmail();
    await requestPersonCode(visitor(), wanted(email));
    const code = await codeTo(email);
    const answers = await Promise.allSettled(
      Array.from({ length: 4 }, () => signInPersonByCode(visitor(), { ...wanted(email), code })),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await refusal(signInPersonByCode(visitor(), { ...wanted(email), code }))).toBe("code_wrong");
  });

  test("is over after ten minutes, and when a newer one was sent", async () => {
    const email = someEmail();
    await requestPersonCode(visitor(), wanted(email));
    const old = await codeTo(email);
    const after = visitor(later(10 * MINUTE_MS));
    expect(await refusal(signInPersonByCode(after, { ...wanted(email), code: old }))).toBe("code_wrong");
    await requestPersonCode(visitor(), wanted(email));
    const newer = await codeTo(email);
    if (newer !== old)
      expect(await refusal(signInPersonByCode(visitor(), { ...wanted(email), code: old }))).toBe(
        "code_wrong",
      );
    await signInPersonByCode(visitor(), { ...wanted(email), code: newer });
  });

  test("is worthless after five wrong guesses, right one or not", async () => {
    const email = someEmail();
    await requestPersonCode(visitor(), wanted(email));
    const code = await codeTo(email);
    for (let i = 0; i < 5; i++)
      expect(await refusal(signInPersonByCode(visitor(), { ...wanted(email), code: wrongOf(code) }))).toBe(
        "code_wrong",
      );
    expect(await refusal(signInPersonByCode(visitor(), { ...wanted(email), code }))).toBe("code_wrong");
  });

  test("is kept only as a hash", async () => {
    const email = someEmail();
    await requestPersonCode(visitor(), wanted(email));
    const code = await codeTo(email);
    const rows = await asOwner<{ row: string }>(
      "SELECT to_jsonb(c)::text AS row FROM sign_in_code c WHERE identifier = $1",
      [email],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(`"${code}"`);
  });

  test("one person comes of two first sign-ins at once", async () => {
    const email = someEmail();
    const { personOfEmail } = await import("./store");
    const { withoutBusiness } = await import("@/lib/platform/db");
    const persons = await Promise.all(
      Array.from({ length: 5 }, () => withoutBusiness((tx) => personOfEmail(tx, email, "en", NOW))),
    );
    expect(new Set(persons.map(({ personId }) => personId)).size).toBe(1);
    expect(persons.filter(({ isNew }) => isNew)).toHaveLength(1);
  });
});

describe("guesses", () => {
  test("forty at once get no further than ten", async () => {
    const { email } = await founded(PASSWORD);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        refusal(signInStaffByPassword(visitor(), { email, password: "not this one" })),
      ),
    );
    expect(answers.filter((code) => code === "sign_in_failed")).toHaveLength(10);
    expect(answers.filter((code) => code === "locked")).toHaveLength(30);
  });

  test("the lock ends, grows with the next failure, and a right one clears it", async () => {
    const { email } = await founded(PASSWORD);
    const guess = (now: Date, password = "not this one") =>
      signInStaffByPassword(visitor(now), { email, password });
    for (let i = 0; i < 10; i++) expect(await refusal(guess(NOW))).toBe("sign_in_failed");
    // Locked for a minute, for the right password as well.
    expect(await refusal(guess(later(59_000), PASSWORD))).toBe("locked");
    expect(await refusal(guess(later(61_000)))).toBe("sign_in_failed");
    // Now for two.
    expect(await refusal(guess(later(61_000 + 119_000), PASSWORD))).toBe("locked");
    await guess(later(61_000 + 121_000), PASSWORD);
    expect(await refusal(guess(later(61_000 + 121_000)))).toBe("sign_in_failed");
  });

  test("from one network are counted over all addresses, right ones given back", async () => {
    const { email } = await founded(PASSWORD);
    const ip = "203.0.113.77";
    await signInStaffByPassword(visitor(NOW, ip), { email, password: PASSWORD });
    for (let i = 0; i < 30; i++)
      expect(
        await refusal(
          signInStaffByPassword(visitor(NOW, ip), { email: someEmail(), password: "whatever it is" }),
        ),
      ).toBe("sign_in_failed");
    expect(await refusal(signInStaffByPassword(visitor(NOW, ip), { email, password: PASSWORD }))).toBe(
      "locked",
    );
    await signInStaffByPassword(visitor(NOW, "203.0.113.78"), { email, password: PASSWORD });
  });

  test("are swept away once they are forgotten, a lock that still holds is not", async () => {
    const count = async () => (await asOwner("SELECT subject FROM sign_in_attempt")).length;
    await signInStaffByPassword(visitor(), { email: someEmail(), password: PASSWORD }).catch(() => {});
    const before = await count();
    expect(before).toBeGreaterThan(0);
    await forgetOldTries(later(60 * MINUTE_MS));
    expect(await count()).toBe(before);
    await asOwner("UPDATE sign_in_attempt SET locked_until = $1 WHERE subject LIKE 'guess:%'", [
      later(49 * 60 * MINUTE_MS),
    ]);
    await forgetOldTries(later(48 * 60 * MINUTE_MS));
    expect(await asOwner("SELECT subject FROM sign_in_attempt WHERE subject NOT LIKE 'guess:%'")).toEqual([]);
    await forgetOldTries(later(50 * 60 * MINUTE_MS));
    expect(await count()).toBe(0);
  });

  test("say until when, and keep no address", async () => {
    const email = someEmail();
    for (let i = 0; i < 10; i++) await refusal(signInStaffByPassword(visitor(), { email, password: "x" }));
    await expect(signInStaffByPassword(visitor(), { email, password: "x" })).rejects.toMatchObject({
      detail: { retryAt: later(MINUTE_MS).toISOString(), retryAfterSeconds: 60 },
    });
    const rows = await asOwner("SELECT subject FROM sign_in_attempt WHERE subject LIKE '%@%'");
    expect(rows).toEqual([]);
  });

  test("letters to one address run out for a while", async () => {
    const email = someEmail();
    for (let i = 0; i < 5; i++) await requestPersonCode(visitor(), wanted(email));
    expect(await refusal(requestPersonCode(visitor(), wanted(email)))).toBe("locked");
    await requestPersonCode(visitor(later(61_000)), wanted(email));
  });
});

describe("a staff password", () => {
  test("signs in; a wrong one, an unknown address and a missing password sound the same", async () => {
    const { email, business } = await founded(PASSWORD);
    const { email: without } = await founded();
    const { sessionId, home } = await signInStaffByPassword(visitor(), { email, password: PASSWORD });
    expect(home).toBe("office");
    const staff = await readStaffSession(sessionId, NOW);
    expect(staff?.context).toMatchObject({
      actor: { kind: "staff", role: "owner" },
      business: { id: business.id },
    });
    for (const input of [
      { email, password: "not this one" },
      { email: someEmail(), password: PASSWORD },
      { email: without, password: PASSWORD },
      { email: without, password: "nobody has this password" },
    ])
      expect(await refusal(signInStaffByPassword(visitor(), input))).toBe("sign_in_failed");
  });

  test("is changed with the old one, or freshly signed in, and ends other browsers", async () => {
    const { email } = await founded(PASSWORD);
    const here = await signInStaffByPassword(visitor(), { email, password: PASSWORD });
    const there = await signInStaffByPassword(visitor(), { email, password: PASSWORD });
    const soon = later(5 * MINUTE_MS);
    const fresh = await readStaffSession(here.sessionId, soon);
    assert(fresh, "signed in");
    await setPassword(fresh, visitor(soon), { password: "another long one" });
    expect(await readStaffSession(here.sessionId, soon)).toBeDefined();
    expect(await readStaffSession(there.sessionId, soon)).toBeUndefined();

    const muchLater = later(60 * MINUTE_MS);
    const stale = await readStaffSession(here.sessionId, muchLater);
    assert(stale, "still signed in");
    expect(await refusal(setPassword(stale, visitor(muchLater), { password: "a third long one" }))).toBe(
      "sign_in_failed",
    );
    await setPassword(stale, visitor(muchLater), {
      password: "a third long one",
      current: "another long one",
    });
    await signInStaffByPassword(visitor(muchLater), { email, password: "a third long one" });
  });

  test("is kept as argon2id", async () => {
    const { email } = await founded(PASSWORD);
    const [row] = await asOwner<{ password_hash: string }>(
      "SELECT password_hash FROM credential WHERE email = $1",
      [email],
    );
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe("a staff link", () => {
  test("signs in once, within fifteen minutes, whoever was first", async () => {
    const { email } = await founded();
    await requestStaffLink(visitor(), wanted(email));
    const token = await tokenTo(email);
    const answers = await Promise.allSettled(
      Array.from({ length: 4 }, () => signInStaffByLink(visitor(), { token })),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await requestStaffLink(visitor(), wanted(email));
    const second = await tokenTo(email);
    expect(await refusal(signInStaffByLink(visitor(later(15 * MINUTE_MS)), { token: second }))).toBe(
      "link_expired",
    );
    expect(await refusal(signInStaffByLink(visitor(), { token: `${second}x` }))).toBe("link_expired");
    expect(await refusal(signInStaffByLink(visitor(), { token: "nonsense" }))).toBe("link_expired");
    await signInStaffByLink(visitor(), { token: second });
  });

  test("for an address nobody works under is a letter that says so", async () => {
    const email = someEmail();
    const answer = await requestStaffLink(visitor(), wanted(email));
    expect(Object.keys(answer)).toEqual(["expiresAt"]);
    const letter = await letterTo(email);
    expect(letter.text).toContain(email);
    expect(letter.text).not.toContain("token=");
  });

  test("carries only paths of ours", async () => {
    const { email } = await founded();
    await requestStaffLink(visitor(), { ...wanted(email), to: "https://evil.example" });
    expect((await letterTo(email)).text).not.toContain("evil");
    await requestStaffLink(visitor(), { ...wanted(email), to: "/en/office/staff" });
    expect((await letterTo(email)).text).toContain("to=%2Fen%2Foffice%2Fstaff");
  });
});

test("outside a request nobody is signed in by accident", async () => {
  await expect(currentStaff()).rejects.toThrow("outside a request scope");
});
