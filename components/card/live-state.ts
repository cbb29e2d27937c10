import { POLL_MS, waitMs } from "./reconnect";

export type Watching = {
  /** Something changed: read the card again. */
  readonly onNews: () => void;
  /** Whether the server answers. */
  readonly onReach: (isReached: boolean) => void;
  /** What the screen shows right now. */
  readonly shown: () => string;
};

/** A stream that opens but says nothing is held back by something on the way: then it is asked instead. */
const SILENT_MS = 8_000;

/**
 * Watches one card until the returned function is called: listens to the server's news, asks for the state where that
 * fails, lets go while the page is hidden and looks at once when it is shown or the network is back.
 */
export function watchCard(business: string, { onNews, onReach, shown }: Watching): () => void {
  const query = `business=${encodeURIComponent(business)}`;
  let stream: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  const look = async () => {
    try {
      const answer = await fetch(`/api/card/state?${query}`, { cache: "no-store" });
      onReach(answer.status < 500);
      // Signed out elsewhere, or no longer a member: the page itself knows where to go.
      if (answer.status === 401) return onNews();
      if (!answer.ok) return;
      const { state }: { state: string | null } = await answer.json();
      if (state !== shown()) onNews();
    } catch {
      onReach(false);
    }
  };
  const drop = () => {
    clearTimeout(timer);
    stream?.close();
    stream = undefined;
  };
  const failed = () => {
    drop();
    void look();
    timer = setTimeout(listen, Math.min(POLL_MS, waitMs(attempt, Math.random())));
    attempt += 1;
  };
  const listen = () => {
    drop();
    stream = new EventSource(`/api/card/live?${query}`);
    timer = setTimeout(failed, SILENT_MS);
    stream.addEventListener("begin", () => {
      clearTimeout(timer);
      attempt = 0;
      void look();
    });
    stream.addEventListener("news", onNews);
    stream.addEventListener("error", failed);
  };
  const turn = () => {
    attempt = 0;
    if (document.visibilityState === "visible") listen();
    else drop();
  };
  const cut = () => onReach(false);

  turn();
  document.addEventListener("visibilitychange", turn);
  window.addEventListener("online", turn);
  window.addEventListener("offline", cut);
  window.addEventListener("pagehide", drop);
  window.addEventListener("pageshow", turn);
  return () => {
    drop();
    document.removeEventListener("visibilitychange", turn);
    window.removeEventListener("online", turn);
    window.removeEventListener("offline", cut);
    window.removeEventListener("pagehide", drop);
    window.removeEventListener("pageshow", turn);
  };
}
