// Keeps a member's card for when there is no network: pages by person, files by their name, which never changes content.
// Everything else goes straight to the network. The page tells what to keep (components/card/offline.ts).

const PAGES = "kolo-card-";
const FILES = "kolo-files-1";
const FILES_MAX = 160;
/** A network that is there but does not answer: after this long the kept page is better than none. */
const PATIENCE_MS = 3000;

const CARD = /^\/(?:(en|ru|uk)\/)?card(\/|$)/;
/** Where an installed card begins. */
const START = /^\/(?:(?:en|ru|uk)\/)?card\/?$/;
const NEVER_KEPT = /\/card\/(sign-in|voucher)(\/|$)/;
const FILE = /^\/(_next\/static|fonts|icons)\//;

/** The last answers to navigations, waiting for their page to say whose they are. */
const answers = new Map();

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (FILE.test(url.pathname)) event.respondWith(file(request));
  else if (request.mode === "navigate" && CARD.test(url.pathname)) event.respondWith(page(request, url));
});

self.addEventListener("message", (event) => {
  const { type } = event.data ?? {};
  if (type === "keep") event.waitUntil(keep(event.data));
});

self.addEventListener("push", (event) => {
  let said;
  try {
    said = event.data.json();
  } catch {
    return;
  }
  event.waitUntil(show(said));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url));
});

/** One message is one notification, however often it arrives: the same tag takes the place of the one before. */
async function show({ title, body, tag, token, url, lang, button }) {
  await self.registration.showNotification(title, {
    body,
    tag,
    lang,
    icon: "/icons/icon-192.png",
    data: { url },
    actions: button ? [{ action: "open", title: button }] : [],
  });
  if (token) await fetch(`/api/m/${token}/delivered`, { method: "POST" }).catch(() => {});
}

/** The message's own link, in the card that is open or in a new window. Only our own addresses come in a push. */
async function open(address) {
  const url = new URL(address ?? "/card", self.location.origin);
  if (url.origin !== self.location.origin) return;
  const [client] = (await self.clients.matchAll({ type: "window" })).filter((one) => CARD.test(new URL(one.url).pathname));
  if (!client) return void (await self.clients.openWindow(url.href));
  await client.focus();
  await client.navigate(url.href).catch(() => self.clients.openWindow(url.href));
}

async function file(request) {
  // What is not kept is fetched; keeping is the page's to ask for, so that other screens' files do not pile up here.
  return (await caches.match(request, { cacheName: FILES, ignoreVary: true })) ?? fetch(request);
}

async function page(request, url) {
  const fromNetwork = fetch(request).then((answer) => {
    if (answer.ok && answer.type === "basic") {
      answers.set(url.pathname, answer.clone());
      if (answers.size > 8) answers.delete(answers.keys().next().value);
    }
    return answer;
  });
  const own = await find(url.pathname);
  const kept = own ?? (await lastCard(url));
  if (!kept) return fromNetwork.catch(() => sorry(CARD.exec(url.pathname)?.[1]));
  // A slow network is no reason to show another page than the one asked for; only the way in leads to a card that is there.
  if (!own && !START.test(url.pathname)) return fromNetwork.catch(() => kept);
  const late = new Promise((done) => setTimeout(() => done(kept), PATIENCE_MS));
  return Promise.race([fromNetwork.catch(() => kept), late]);
}

async function pageCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PAGES));
}

async function find(path) {
  for (const name of await pageCaches()) {
    const kept = await caches.match(path, { cacheName: name, ignoreVary: true });
    if (kept) return kept;
  }
  return undefined;
}

/** This page was never kept: the way to the card that was looked at last. */
async function lastCard(url) {
  for (const name of await pageCaches()) {
    const cache = await caches.open(name);
    const paths = (await cache.keys()).map((request) => new URL(request.url).pathname);
    const last = paths.findLast((path) => /^\/\w\w\/card\/[^/]+$/.test(path));
    if (last && last !== url.pathname) return Response.redirect(last, 302);
  }
  return undefined;
}

async function keep({ person, made, path, files }) {
  if (!CARD.test(path) || NEVER_KEPT.test(path)) return;
  const name = PAGES + person;
  // One person a browser: whoever was here before has left.
  for (const other of await pageCaches()) if (other !== name) await caches.delete(other);
  const cache = await caches.open(name);
  const answer = await answerFor(path, made);
  if (answer) {
    // A put replaces the kept page in one step and moves it last, so the order of keys says which card was looked at last.
    await cache.put(path, answer);
  }
  await keepFiles(files);
}

/** The answer the page was made from, where it is at hand; after a change on the page, a new one. */
async function answerFor(path, made) {
  const held = answers.get(path);
  answers.delete(path);
  if (held && (await held.clone().text()).includes(made)) return held;
  const answer = await fetch(path, { headers: { Accept: "text/html" } }).catch(() => undefined);
  return answer?.ok && !answer.redirected ? answer : undefined;
}

async function keepFiles(files) {
  const cache = await caches.open(FILES);
  for (const path of files) {
    if (!FILE.test(path) || (await cache.match(path, { ignoreVary: true }))) continue;
    const answer = await fetch(path).catch(() => undefined);
    if (answer?.ok) await cache.put(path, answer);
  }
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - FILES_MAX))) await cache.delete(old);
}

/** No network, and nothing kept to show instead. */
function sorry(language) {
  const [title, text, again] =
    language === "ru"
      ? ["Нет сети", "Эта карта ещё не открывалась на этом устройстве.", "Попробовать ещё раз"]
      : language === "uk"
        ? ["Немає мережі", "Цю картку ще не відкривали на цьому пристрої.", "Спробувати ще раз"]
        : ["No network", "This card has not been opened on this device yet.", "Try again"];
  const page = `<!doctype html><html lang="${language ?? "en"}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title>
<body style="font:1.0625rem/1.5 system-ui;display:grid;place-content:center;min-height:90vh;text-align:center;padding:1rem">
<h1 style="font-size:1.5rem;margin:0">${title}</h1><p>${text}</p><p><a href="">${again}</a></p></body></html>`;
  return new Response(page, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
