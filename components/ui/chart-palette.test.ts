import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What each kind of colour vision makes of linear RGB. Source: Machado, Oliveira, Fernandes 2009, severity 1. */
const VISION = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

/** Below this OKLab distance two colours side by side start to look like one. */
const DISTANCE_MIN = 0.06;

type Triple = readonly [number, number, number];

function linear(hex: string): Triple {
  const channel = (at: number) => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function times(m: readonly number[], [x, y, z]: Triple): Triple {
  const row = (i: number) => (m[i] ?? 0) * x + (m[i + 1] ?? 0) * y + (m[i + 2] ?? 0) * z;
  return [row(0), row(3), row(6)];
}

function oklab(rgb: Triple): Triple {
  const clipped: Triple = [clip(rgb[0]), clip(rgb[1]), clip(rgb[2])];
  const [l, m, s] = times(
    [
      0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619,
      0.2817188376, 0.6299787005,
    ],
    clipped,
  );
  return times(
    [
      0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371,
      0.7827717662, -0.808675766,
    ],
    [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)],
  );
}

const clip = (v: number) => Math.min(1, Math.max(0, v));

const css = readFileSync("app/globals.css", "utf8");
const pairs = Array.from(
  css.matchAll(/--chart-\d: light-dark\((#\w{6}), (#\w{6})\)/g),
  ([, light = "", dark = ""]) => ({
    light,
    dark,
  }),
);

test("there are six chart colours", () => expect(pairs).toHaveLength(6));

test.each(
  (["light", "dark"] as const).flatMap((theme) =>
    Object.entries(VISION).map(([name, matrix]) => ({ theme, name, matrix })),
  ),
)("chart colours stay apart: $theme, $name", ({ theme, matrix }) => {
  const seen = pairs.map((pair) => oklab(times(matrix, linear(pair[theme]))));
  seen.forEach((a, i) => {
    for (const [j, b] of seen.slice(i + 1).entries()) {
      const distance = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
      expect(distance, `chart-${i + 1} and chart-${i + j + 2}`).toBeGreaterThan(DISTANCE_MIN);
    }
  });
});
