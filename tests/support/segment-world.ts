/** Members with random lives, put into the database as plain rows and kept in memory for the oracle. */
import { newId } from "@/lib/kernel/ids";
import { asOwner } from "./database";
import { CATEGORIES, ITEMS, OWN, PLACES, SEGMENTS, STAFF, TAGS, TIERS } from "./segment-rules";

export type LifeLine = { item: number | null; category: string | null; quantity: number; amount: number };
export type LifeBill = {
  at: number;
  kind: "purchase" | "refund" | "grant";
  canceled: boolean;
  total: number;
  refunded: number;
  spent: number;
  earned: number;
  location: number | null;
  staff: number | null;
  source: string;
  lines: LifeLine[];
};
export type Life = {
  id: number;
  words: Record<string, string | null>;
  numbers: Record<string, number | null>;
  /** Instants as milliseconds, days as text. */
  moments: Record<string, number | string | null>;
  flags: Record<string, boolean>;
  tags: number[];
  consents: string[];
  segments: Map<number, number>;
  lots: { expiresAt: number; points: number }[];
  bills: LifeBill[];
};

export const BEGINS = Date.parse("2024-02-20T00:00:00Z");
export const SPAN_DAYS = 640;
const DAY = 86_400_000;

/** The same lives on every run for the same seed. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return {
    next,
    below: (n: number) => Math.floor(next() * n),
    of: <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!,
    maybe: <T>(share: number, value: () => T): T | null => (next() < share ? value() : null),
  };
}

const BIRTHDAYS = [
  "1990-02-28",
  "1992-02-29",
  "2000-12-31",
  "1988-01-01",
  "1995-06-15",
  "2001-10-27",
  "1979-11-20",
];
/** Around midnight and the hours the clocks change, in Kyiv. */
const TIMES = [
  "21:59:59.999",
  "22:00:00.000",
  "00:59:59.000",
  "01:00:00.000",
  "10:30:00.000",
  "13:00:00.123",
  "17:45:00.000",
];

function life(id: number, d: ReturnType<typeof dice>): Life {
  const dayAt = () => new Date(BEGINS + d.below(SPAN_DAYS) * DAY).toISOString().slice(0, 10);
  const moment = () => Date.parse(`${dayAt()}T${d.of(TIMES)}Z`);
  const bills = Array.from({ length: d.of([0, 1, 1, 2, 3, 5, 8, 12]) }, (): LifeBill => {
    const kind = d.of(["purchase", "purchase", "purchase", "grant", "refund"] as const);
    const total = kind === "grant" ? 0 : (1 + d.below(60)) * 1_000;
    return {
      at: moment(),
      kind,
      canceled: kind === "purchase" && d.next() < 0.1,
      total,
      refunded: kind === "purchase" && d.next() < 0.2 ? d.below(total) : 0,
      spent: kind === "purchase" && d.next() < 0.3 ? d.below(2_000) : 0,
      earned: kind === "grant" ? d.below(3_000) : d.below(500),
      location: d.maybe(0.8, () => d.of(PLACES)),
      staff: d.maybe(0.7, () => d.of(STAFF)),
      source: d.of(["desk", "uds"]),
      lines:
        kind === "purchase"
          ? Array.from({ length: d.below(3) }, () => {
              const item = d.maybe(0.8, () => d.of(ITEMS));
              const category = item === null || item === 903 ? null : CATEGORIES[item - 901]!;
              return { item, category, quantity: 1 + d.below(3), amount: (1 + d.below(30)) * 1_000 };
            })
          : [],
    };
  }).toSorted((a, b) => a.at - b.at);
  const live = bills.filter((one) => one.kind === "purchase" && !one.canceled);
  const spent = live.reduce((sum, one) => sum + one.total - one.refunded, 0);
  return {
    id,
    words: {
      name: d.maybe(0.9, () => d.of(["Олена Коваль", "Олег", "Anna", "Марія"])),
      email: d.maybe(0.5, () => d.of(["a@x.example", "Olena@x.example"])),
      phone: `+38067${String(id).slice(-7).padStart(7, "0")}`,
      gender: d.maybe(0.6, () => d.of(["female", "male"])),
      tier: d.of(TIERS),
      rfm: d.maybe(0.5, () => d.of(["loyal", "lost"])),
      [OWN.text]: d.maybe(0.5, () => d.of(["a note of ОЛЕНА's", "Anna", "+380"])),
      [OWN.choice]: d.maybe(0.6, () => d.of(["dry", "oily"])),
    },
    numbers: {
      visits: live.length,
      spent,
      usual_bill: live.length > 0 ? Math.floor(spent / live.length) : null,
      points: d.below(10_000),
      recency: d.maybe(0.7, () => 1 + d.below(5)),
      alive: d.maybe(0.7, () => d.below(5) * 25),
      gap: d.maybe(0.7, () => d.below(60)),
      [OWN.number]: d.maybe(0.7, () => d.of([-1.5, 0.1, 0, 1, 2, 2.25, 3])),
    },
    moments: {
      birthday: d.maybe(0.8, () => d.of(BIRTHDAYS)),
      joined: BEGINS + d.below(SPAN_DAYS) * DAY,
      first_visit: live[0]?.at ?? null,
      last_visit: live.at(-1)?.at ?? null,
      due: d.maybe(0.6, () => new Date(BEGINS + (500 + d.below(400)) * DAY).toISOString().slice(0, 10)),
      [OWN.day]: d.maybe(0.6, () => d.of([...BIRTHDAYS, "2025-06-30", "2026-01-15"])),
    },
    flags: { blocked: d.next() < 0.1, was_invited: d.next() < 0.3, [OWN.flag]: d.next() < 0.4 },
    tags: TAGS.filter(() => d.next() < 0.4),
    consents: ["marketing.email", "marketing.push"].filter(() => d.next() < 0.4),
    segments: new Map(SEGMENTS.flatMap((one) => (d.next() < 0.4 ? [[one, moment()] as const] : []))),
    lots: Array.from({ length: d.below(4) }, () => ({
      expiresAt: Date.parse(
        `${new Date(BEGINS + (500 + d.below(400)) * DAY).toISOString().slice(0, 10)}T${d.of(TIMES)}Z`,
      ),
      points: 100 + d.below(2_000),
    })),
    bills,
  };
}

/** Makes lives in a business and answers them. */
export async function populate(businessId: bigint, count: number, seed: number): Promise<Life[]> {
  const d = dice(seed);
  for (const [index, item] of ITEMS.entries())
    await asOwner(
      `INSERT INTO item (business_id, id, kind, name, category, price_minor, created_at) VALUES ($1, $2, 'service', $3, $4, 100, now())`,
      [businessId, item, `Item ${item}`, CATEGORIES[index] ?? null],
    );
  const lives: Life[] = [];
  for (let index = 0; index < count; index += 1) {
    const one = life(Number(newId(new Date(BEGINS + index * 1_000))), d);
    lives.push(one);
    await insert(businessId, one);
  }
  await house(businessId, lives, d);
  return lives;
}

/** Some live together, two to four of them. */
async function house(businessId: bigint, lives: readonly Life[], d: ReturnType<typeof dice>): Promise<void> {
  for (let from = 0, no = 1; from < lives.length; no += 1) {
    const together = lives.slice(from, from + 1 + d.below(4));
    from += together.length;
    if (together.length === 1) continue;
    const last = together.map(({ moments }) => Number(moments.last_visit ?? 0));
    for (const one of together) {
      one.numbers.household_size = together.length;
      one.numbers.household_spent = together.reduce((sum, { numbers }) => sum + (numbers.spent ?? 0), 0);
      one.moments.household_last = Math.max(...last) || null;
      await asOwner("INSERT INTO household_member VALUES ($1, $2, $3, false, now())", [
        businessId,
        one.id,
        no,
      ]);
    }
  }
}

const at = (moment: number | string | null | undefined) =>
  typeof moment === "number" ? new Date(moment) : (moment ?? null);

async function insert(b: bigint, one: Life): Promise<void> {
  const { words: w, numbers: n, moments: m, flags } = one;
  await asOwner(
    `INSERT INTO member (business_id, id, source, invite_code, created_at, inviter_id, blocked_at) VALUES ($1, $2, 'desk', $3, $4, $5, $6)`,
    [b, one.id, `c${one.id}`, at(m.joined), flags.was_invited ? 1 : null, flags.blocked ? new Date() : null],
  );
  await asOwner(
    `INSERT INTO member_profile (business_id, member_id, name, phone, email, birth_date, gender, search) VALUES ($1,$2,$3,$4,$5,$6,$7,'')`,
    [b, one.id, w.name, w.phone, w.email, m.birthday, w.gender],
  );
  await asOwner(
    `INSERT INTO member_stats (business_id, member_id, tier_id, points, visits, cash_spent_minor, first_at, last_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
    [b, one.id, w.tier, n.points, n.visits, n.spent, at(m.first_visit), at(m.last_visit)],
  );
  await asOwner(
    `INSERT INTO member_insight (business_id, member_id, recency_score, rfm_cell, gap_days, due_on, p_alive, computed_at) VALUES ($1,$2,$3,$4,$5,$6,$7, now())`,
    [b, one.id, n.recency, w.rfm, n.gap, m.due, n.alive === null ? null : Number(n.alive) / 100],
  );
  const own = { ...w, ...n, ...m, ...flags };
  const kept = Object.values(OWN).flatMap((field) => {
    const value = own[field] ?? null;
    // What nobody answered is as good as a no.
    return value === null || value === false ? [] : [[field.slice(4), value] as const];
  });
  if (kept.length > 0)
    await asOwner("INSERT INTO member_fields VALUES ($1, $2, $3)", [b, one.id, Object.fromEntries(kept)]);
  for (const tag of one.tags) await asOwner(`INSERT INTO member_tag VALUES ($1,$2,$3)`, [b, one.id, tag]);
  // What was said first was the contrary: the later word holds.
  for (const channel of ["email", "push"])
    for (const [no, granted] of [
      one.consents.length === 0,
      one.consents.includes(`marketing.${channel}`),
    ].entries())
      await asOwner(
        `INSERT INTO member_consent (business_id, member_id, purpose, channel, id, granted, at, source) VALUES ($1,$2,'marketing',$3,$4,$5,now(),'test')`,
        [b, one.id, channel, no + 1, granted],
      );
  for (const [segment, entered] of one.segments)
    await asOwner(
      `INSERT INTO segment_member (business_id, segment_id, member_id, entered_at) VALUES ($1,$2,$3,$4)`,
      [b, segment, one.id, new Date(entered)],
    );
  for (const [no, lot] of one.lots.entries())
    await asOwner(
      `INSERT INTO lot (business_id, member_id, id, kind, available_at, expires_at, remaining) VALUES ($1,$2,$3,'grant','2024-01-01',$4,$5)`,
      [b, one.id, no + 1, new Date(lot.expiresAt), lot.points],
    );
  for (const bill of one.bills) await insertBill(b, one.id, bill);
}

async function insertBill(b: bigint, member: number, bill: LifeBill): Promise<void> {
  const id = newId(new Date(bill.at));
  await asOwner(
    `INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, refunded_minor, points_spent, points_earned,
       location_id, staff_id, programme_version, tier_id, source, because)
     VALUES ($1,$2,$3,$4,$5,$6,$7,$7,$8,$9,$10,$11,$12,1,'base',$13,'[]')`,
    [
      b,
      id,
      bill.kind,
      bill.canceled ? "canceled" : bill.kind === "refund" ? "reversal" : "normal",
      member,
      new Date(bill.at),
      bill.total,
      bill.refunded,
      bill.spent,
      bill.earned,
      bill.location,
      bill.staff,
      bill.source,
    ],
  );
  for (const [no, line] of bill.lines.entries())
    await asOwner(
      `INSERT INTO operation_line (business_id, operation_id, no, item_id, name, quantity, amount_minor) VALUES ($1,$2,$3,$4,'x',$5,$6)`,
      [b, id, no + 1, line.item, line.quantity, line.amount],
    );
}

/** Rows put in by hand have no double entries behind them: they go before the books are proved. */
export async function clear(businessId: bigint): Promise<void> {
  for (const table of ["lot", "operation_line", "operation", "member_stats", "segment_member"])
    await asOwner(`DELETE FROM ${table} WHERE business_id = $1`, [businessId]);
}
