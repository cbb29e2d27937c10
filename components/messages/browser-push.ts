/** The browser's side of push: what it can, what it is subscribed to. */

export type PushState = "unsupported" | "denied" | "off" | "on";

const canPush = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

export async function pushState(): Promise<PushState> {
  if (!canPush()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && (await subscription()) ? "on" : "off";
}

/** Asks the person, then the browser; nothing when either says no. `key` as the server gave it, base64url. */
export async function subscribe(key: string): Promise<PushSubscriptionJSON | undefined> {
  await navigator.serviceWorker.register("/sw.js");
  const registration = await navigator.serviceWorker.ready;
  if ((await Notification.requestPermission()) !== "granted") return undefined;
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  return made.toJSON();
}

/** The address to be forgotten by the server as well. */
export async function unsubscribe(): Promise<string | undefined> {
  const held = await subscription();
  await held?.unsubscribe();
  return held?.endpoint;
}
