/** What a long seed says while it works: one line a second at most, with the time it has taken so far. */
export type Telling = {
  /** Says something now. */
  readonly say: (what: string) => void;
  /** Says it unless something was said within this second. */
  readonly mention: (what: () => string) => void;
};

const PAUSE_MS = 1_000;

export function telling(): Telling {
  const started = performance.now();
  let last = 0;
  const say = (what: string) => {
    last = performance.now();
    console.log(`${what} (${((last - started) / 1_000).toFixed(0)} s)`);
  };
  const mention = (what: () => string) => {
    if (performance.now() - last >= PAUSE_MS) say(what());
  };
  return { say, mention };
}
