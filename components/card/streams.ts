/** How many live streams one person may hold in one process: a few phones and tabs, not a flood. */
export const STREAMS_MAX = 8;

const open = new Map<bigint, number>();

/** Takes a place for a stream; the answer gives it back, once. Nothing when the person holds too many. */
export function takeStream(personId: bigint): (() => void) | undefined {
  const held = open.get(personId) ?? 0;
  if (held >= STREAMS_MAX) return undefined;
  open.set(personId, held + 1);
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    const left = (open.get(personId) ?? 1) - 1;
    if (left > 0) open.set(personId, left);
    else open.delete(personId);
  };
}
