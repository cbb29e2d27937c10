/** The browser's side of what `public/sw.js` keeps. */

const KEPT = "kolo-card-";

/** Files a page needs to open by itself: scripts, styles, type. */
function filesOfPage(): string[] {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const named = Array.from(document.querySelectorAll<HTMLLinkElement>("link[href]"), (link) => link.href);
  const isFile = (url: URL) =>
    url.origin === location.origin && /^\/(_next\/static|fonts|icons)\//.test(url.pathname);
  return [...new Set([...loaded, ...named])]
    .map((text) => new URL(text, location.href))
    .filter(isFile)
    .map((url) => url.pathname + url.search);
}

/** Asks the service worker to keep the page on the screen for a person; browsers without one go without. */
export async function keepPage(person: string, made: string): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    // A worker is of our own origin by nature; only windows take a target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    active?.postMessage({ type: "keep", person, made, path: location.pathname, files: filesOfPage() });
  } catch {
    // Private windows and plain http refuse; the card works without.
  }
}

/** Removes everything kept of anybody's card. */
export async function forgetPages(): Promise<void> {
  if (!("caches" in window)) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(KEPT)).map((name) => caches.delete(name)));
}
