import { useSyncExternalStore } from "react";

const TOUCH = "(pointer: coarse)";
/** A phone has no room for a keypad beside the bill: its own keyboard is better there. */
const TOUCH_WIDE = "(pointer: coarse) and (min-width: 48rem)";

/** Whether fingers do the work here: then our keypad is shown and the system's keyboard stays away. */
export function useTouch({ wide = false } = {}): boolean {
  const query = wide ? TOUCH_WIDE : TOUCH;
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}

/** Whether the page is alive yet: before, it would lose what is typed. */
export function useAlive(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
}
