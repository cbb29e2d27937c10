import "server-only";
/**
 * Live: what makes an open screen look again.
 *
 * Owns one listening connection per process. Always true: news carries no data, only "look again"; after a lost connection
 * everybody is told to look, since something may have been missed.
 */
import { type Listener, listener } from "../db";
import { log } from "../log";
import { LIVE_CHANNEL } from "./model";

export { businessTopic, memberTopic } from "./model";

type Hub = { watchers: Map<string, Set<() => void>>; client: Listener | undefined; retryMs: number };
const RETRY_FIRST_MS = 250;
const RETRY_MAX_MS = 10_000;

// Next's dev server loads modules again on change; the connection must outlive that.
const kept = globalThis as typeof globalThis & { koloLive?: Hub };
const hub: Hub = (kept.koloLive ??= { watchers: new Map(), client: undefined, retryMs: RETRY_FIRST_MS });

/**
 * Calls back whenever something happened to a topic, until the returned function is called.
 *
 * Shape: topics from `memberTopic` and `businessTopic`; the call-back takes nothing: read again what you show.
 */
export function watch(topic: string, onNews: () => void): () => void {
  const set = hub.watchers.get(topic) ?? new Set();
  set.add(onNews);
  hub.watchers.set(topic, set);
  if (!hub.client) connect();
  return () => {
    set.delete(onNews);
    if (set.size === 0 && hub.watchers.get(topic) === set) hub.watchers.delete(topic);
  };
}

function connect(): void {
  const client = listener();
  hub.client = client;
  const again = () => {
    if (hub.client !== client) return;
    hub.client = undefined;
    client.removeAllListeners();
    client.on("error", () => {});
    void client.end().catch(() => {});
    setTimeout(connect, hub.retryMs).unref();
    hub.retryMs = Math.min(RETRY_MAX_MS, hub.retryMs * 2);
  };
  client.on("error", again);
  client.on("end", again);
  client.on("notification", ({ payload }) => tell(payload ?? ""));
  listen(client).catch((error: unknown) => {
    log.warn("live.disconnected", { reason: error instanceof Error ? error.message : String(error) });
    again();
  });
}

async function listen(client: Listener): Promise<void> {
  await client.connect();
  await client.query(`LISTEN ${LIVE_CHANNEL}`);
  if (hub.retryMs > RETRY_FIRST_MS) for (const topic of hub.watchers.keys()) tell(topic);
  hub.retryMs = RETRY_FIRST_MS;
}

function tell(topic: string): void {
  for (const onNews of hub.watchers.get(topic) ?? []) onNews();
}
