/** Says what is going on and for how long: a live line on a terminal, a line now and then elsewhere. */

/** Off a terminal, a step is heard of after this long, and then more and more seldom. */
const QUIET_MS = 15_000;
const began = Date.now();
const going = new Map<string, { since: number; detail: string; said: number }>();
const live = process.stdout.isTTY;
let ticking: NodeJS.Timeout | undefined;

/** Runs one step and says how long it took. Steps may run side by side. */
export async function step<T>(name: string, run: (say: (detail: string) => void) => Promise<T>): Promise<T> {
  const state = { since: Date.now(), detail: "", said: Date.now() };
  going.set(name, state);
  ticking ??= setInterval(tick, live ? 250 : 1000);
  try {
    const result = await run((detail) => {
      state.detail = detail;
    });
    finish(name, "✓");
    return result;
  } catch (error) {
    finish(name, "✗");
    throw error;
  }
}

function finish(name: string, mark: string) {
  const since = going.get(name)?.since ?? Date.now();
  going.delete(name);
  clearLine();
  console.log(`  ${mark} ${name.padEnd(34)} ${seconds(Date.now() - since)}`);
  if (going.size === 0) {
    clearInterval(ticking);
    ticking = undefined;
  }
}

function tick() {
  const now = Date.now();
  if (live) {
    const parts = Array.from(going, ([name, { since, detail }]) =>
      `${name} ${seconds(now - since)} ${detail}`.trim(),
    );
    clearLine();
    process.stdout.write(`  … ${parts.join(" · ")}`.slice(0, (process.stdout.columns ?? 80) - 1));
    return;
  }
  for (const [name, state] of going) {
    if (now - state.said < Math.max(QUIET_MS, (now - state.since) / 2)) continue;
    state.said = now;
    console.log(`  … ${name.padEnd(34)} ${seconds(now - state.since)} ${state.detail}`.trimEnd());
  }
}

function clearLine() {
  if (live) process.stdout.write("\r\u001b[2K");
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** How long this process has been at it. */
export const elapsed = () => seconds(Date.now() - began);
