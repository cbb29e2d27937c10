import fc from "fast-check";
import { expect, test } from "vitest";
import { scaled } from "./model";

test("a tenth of those asked is a tenth of all, within what chance allows", () => {
  expect(scaled(2_000, 20_000, 1_000_000)).toEqual({ count: 100_000, between: [95_919, 104_235] });
});

test("nobody found is not nobody there; everybody asked is everybody", () => {
  expect(scaled(0, 20_000, 1_000_000)).toEqual({ count: 0, between: [0, 192] });
  expect(scaled(20_000, 20_000, 20_000)).toEqual({ count: 20_000, between: [20_000, 20_000] });
});

test("the interval holds the truth about as often as it says", () => {
  const total = 10_000;
  const asked = 1_000;
  const truth = 700;
  let [held, seed] = [0, 1];
  const chance = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let round = 0; round < 1_000; round += 1) {
    const found = Array.from({ length: asked }, chance).filter((one) => one < truth / total).length;
    const [low, high] = scaled(found, asked, total).between;
    if (low <= truth && truth <= high) held += 1;
  }
  expect(held).toBeGreaterThan(930);
  expect(held).toBeLessThan(975);
});

test("the count lies between the ends, and the ends within what was seen", () => {
  const drawing = fc
    .tuple(fc.integer({ min: 1, max: 50_000 }), fc.nat(), fc.nat(1_000_000))
    .map(([asked, found, more]) => ({ asked, count: found % (asked + 1), total: asked + more }));
  fc.assert(
    fc.property(drawing, ({ count, asked, total }) => {
      const { count: told, between } = scaled(count, asked, total);
      const [low, high] = between;
      expect(low).toBeLessThanOrEqual(told);
      expect(told).toBeLessThanOrEqual(high);
      expect(low).toBeGreaterThanOrEqual(count);
      expect(high).toBeLessThanOrEqual(total - asked + count);
    }),
  );
});
