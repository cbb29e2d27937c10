/** Invariant 2: killed at any moment, no acknowledged operation is lost and none happens twice. The books are proved after it. */
import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "../../support/e2e";
import { Till } from "../../support/http-till";

const TILLS = 6;
const MEMBERS = 12;
const KILLS = ["worker", "web", "postgres", "web", "postgres", "worker"] as const;
const BETWEEN_KILLS_MS = 2_500;
const PATIENCE_MS = 60_000;

/** The process as it is now: the supervisor starts a new one after each death. */
function pidOf(name: (typeof KILLS)[number]): number {
  const folder = process.env.KOLO_E2E ?? "";
  const file =
    name === "postgres"
      ? globSync(path.join(folder, "postgres/*/postmaster.pid"))[0]
      : path.join(folder, `${name}.pid`);
  return Number(readFileSync(file ?? "", "utf8").split("\n")[0]);
}

type Sold = { readonly phone: string; readonly total: number };

test("kill -9 of web, worker and PostgreSQL while tills sell", async ({ demo }) => {
  test.setTimeout(240_000);
  const till = new Till(demo);
  const run = String(Date.now()).slice(-7);
  const phones = Array.from(
    { length: MEMBERS },
    (_, index) => `+38099${run.slice(0, 5)}${String(index).padStart(2, "0")}`,
  );
  const sold = new Map<number, Sold>();
  const killing = { now: true };

  const sell = async (seed: number) => {
    for (let turn = 0; killing.now; turn += 1) {
      const phone = phones[(seed * 7 + turn) % MEMBERS] ?? "";
      const total = 10 + ((seed * 31 + turn * 17) % 500) / 4;
      const body = {
        nonce: randomUUID(),
        participant: { phone },
        receipt: { total, cash: total, points: 0 },
      };
      const answer = await till.insist("POST", "operations", body, Date.now() + PATIENCE_MS);
      expect(answer?.status, JSON.stringify(answer?.body)).toBe(200);
      const id = Number(answer?.body.id);
      expect(sold.has(id), "an operation answered for two sales").toBe(false);
      // The key again: the same operation, whatever was killed in between.
      if (turn % 3 === 0) {
        const again = await till.insist("POST", "operations", body, Date.now() + PATIENCE_MS);
        expect(again?.body.id).toBe(id);
      }
      sold.set(id, { phone, total });
    }
  };

  const selling = Promise.all(Array.from({ length: TILLS }, (_, seed) => sell(seed)));
  try {
    for (const name of KILLS) {
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_KILLS_MS));
      process.kill(pidOf(name), "SIGKILL");
    }
    await expect
      .poll(async () => (await fetch(`${demo.baseUrl}/api/health`).catch(() => null))?.status, {
        timeout: PATIENCE_MS,
      })
      .toBe(200);
  } finally {
    killing.now = false;
    await selling;
  }

  expect(sold.size).toBeGreaterThan(50);
  for (const phone of phones) {
    const own = [...sold.values()].filter((sale) => sale.phone === phone);
    const answer = await till.insist(
      "GET",
      `customers/find?phone=${encodeURIComponent(phone)}`,
      undefined,
      Date.now() + PATIENCE_MS,
    );
    const user = answer?.body.user as {
      participant: { operationsCount: number; cashSpent: number; points: number };
    };
    expect(user.participant.operationsCount, phone).toBe(own.length);
    expect(user.participant.cashSpent, phone).toBeCloseTo(
      own.reduce((sum, sale) => sum + sale.total, 0),
      2,
    );
  }
});
