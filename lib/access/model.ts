/** Who is asking, for which business, and when: minted by `access` alone, first argument of every verb. */
export type Context = {
  readonly actor: Actor;
  readonly business: Business;
  /** The only clock. */
  readonly now: Date;
};

export type Business = {
  /** Also the UDS company id. */
  readonly id: bigint;
  readonly name: string;
  readonly slug: string;
  readonly joinCode: string;
  readonly currency: string;
  readonly locale: string;
  readonly zone: string;
  /** #rrggbb */
  readonly accent: string;
  readonly ratePerSecond: number;
  readonly rateBurst: number;
};

export const ROLES = ["owner", "manager", "marketer", "cashier"] as const;
export type Role = (typeof ROLES)[number];

export type Actor =
  | { readonly kind: "staff"; readonly id: bigint; readonly role: Role; readonly name: string }
  | { readonly kind: "member"; readonly id: bigint; readonly personId: bigint }
  | { readonly kind: "person"; readonly id: bigint }
  | { readonly kind: "till"; readonly id: bigint }
  | { readonly kind: "system"; readonly job: string };

export const PERMISSIONS = [
  "members:read",
  "members:write",
  "members:block",
  "members:merge", // two who are one person; families
  "members:erase",
  "sales:quote",
  "sales:record",
  "sales:refund",
  "sales:read",
  "points:give",
  "tiers:give",
  "vouchers:make",
  "vouchers:claim",
  "segments:write",
  "programme:read",
  "programme:write",
  "business:write",
  "locations:write",
  "staff:read",
  "staff:write",
  "keys:write",
  "analytics:read",
  "audit:read",
  "mailbox:read",
  "messages:read",
  "messages:write", // send, and write templates
  "journeys:read",
  "journeys:write", // draw and run journeys and campaigns
  "journeys:enter", // let one member in from outside
  "channels:write", // providers' keys and the rules of sending
  "imports:write", // bring files of people and purchases in, take them out again as files
  "own:read", // a member's or person's own card
  "own:write",
  "jobs:run",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const CASHIER: readonly Permission[] = [
  "members:read",
  "members:write",
  "sales:quote",
  "sales:record",
  "sales:refund",
  "sales:read",
  "programme:read",
];
const MARKETER: readonly Permission[] = [
  "journeys:read",
  "journeys:write",
  "journeys:enter",
  "members:read",
  "members:write",
  "segments:write",
  "sales:read",
  "programme:read",
  "analytics:read",
  "messages:read",
  "messages:write",
];
const MANAGER: readonly Permission[] = [
  ...new Set([
    ...CASHIER,
    ...MARKETER,
    "members:block",
    "members:merge",
    "points:give",
    "tiers:give",
    "vouchers:make",
    "programme:write",
    "locations:write",
    "staff:read",
    "audit:read",
    "imports:write",
  ] as const),
];
const BY_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS.filter(
    (permission) =>
      !permission.startsWith("own:") && permission !== "jobs:run" && permission !== "vouchers:claim",
  ),
  manager: MANAGER,
  marketer: MARKETER,
  cashier: CASHIER,
};
const TILL: readonly Permission[] = [
  "members:read",
  "members:write",
  "sales:quote",
  "sales:record",
  "sales:refund",
  "sales:read",
  "points:give",
  "vouchers:make",
  "programme:read",
  "journeys:enter",
];

/** Whether an actor may do something in the context's business. The system may do anything; it acts for nobody outside. */
export function may(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case "staff":
      return BY_ROLE[actor.role].includes(permission);
    case "till":
      return TILL.includes(permission);
    case "member":
      return permission === "own:read" || permission === "own:write" || permission === "vouchers:claim";
    case "person":
      return permission === "own:read" || permission === "own:write";
    case "system":
      return true;
  }
}

/** The actor's number for audit rows; a system job has none. */
export const actorId = (actor: Actor): bigint | null => (actor.kind === "system" ? null : actor.id);

/** Somebody at the door, signed in or not. */
export type Visitor = {
  /** Only where a proxy of ours vouches for it. */
  readonly ip: string | undefined;
  readonly userAgent: string | undefined;
  readonly now: Date;
};

/** A person who signed in with a code. */
export type SignedInPerson = { readonly personId: bigint; readonly sessionId: string; readonly now: Date };

/** A staff person who signed in; `context` is missing until a business is chosen, or when it no longer wants them. */
export type SignedInStaff = {
  readonly credentialId: bigint;
  readonly sessionId: string;
  readonly email: string;
  readonly signedInAt: Date;
  readonly now: Date;
  readonly context: Context | undefined;
};

/** What `proxy.ts` writes the page's own address into, so that a sign-in can lead back to it. */
export const PATH_HEADER = "x-kolo-path";

const OWN_PATH = /^\/(?![/\\])[\w\-./~%?&=+:@,;!$'()*[\]#]*$/;

/** Where to go after signing in: a path of ours as asked, else the fallback; never another site. */
export function ownPath(to: unknown, fallback: string): string {
  return typeof to === "string" && to.length <= 500 && OWN_PATH.test(to) ? to : fallback;
}

/** How long a staff sign-in link works; screens say it. */
export const STAFF_LINK_MINUTES = 15;

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bChrome\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "Mac"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/** "Chrome · Windows": what a browser says of itself, short enough for a list; nothing when it says nothing known. */
export function deviceOf(userAgent: string | null): string | undefined {
  if (userAgent === null) return undefined;
  const names = [BROWSERS, SYSTEMS].flatMap(
    (known) => known.find(([sign]) => sign.test(userAgent))?.[1] ?? [],
  );
  return names.join(" · ") || undefined;
}
