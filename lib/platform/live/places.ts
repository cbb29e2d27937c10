/** How many live streams one person may hold in one process: a few devices and tabs, not a flood. */
export const STREAMS_MAX = 12;

const open = new Map<string, number>();

/** Takes a place for a stream; the answer gives it back, once. Nothing when they hold too many. `who`: any name that is theirs alone. */
export function takePlace(who: string): (() => void) | undefined {
  const held = open.get(who) ?? 0;
  if (held >= STREAMS_MAX) return undefined;
  open.set(who, held + 1);
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    const left = (open.get(who) ?? 1) - 1;
    if (left > 0) open.set(who, left);
    else open.delete(who);
  };
}
