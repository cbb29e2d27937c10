import "server-only";
import { addDays, type Day } from "../../kernel/time";
import { callIn, type Tx } from "../../platform/db";
import { dayText } from "../members/store";
import { baseline, type Cell, customerOf, type Facts, type Insight } from "../model";
import { GONE_GAPS } from "../rhythm/model";
import { type DueList, PAGE } from "../schema";

/** A member as these lists show one. Money in minor units. */
export type Listed = {
  readonly memberId: bigint;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly visits: number;
  readonly spentMinor: bigint;
  readonly lastOn: Day | null;
  readonly gapDays: number | null;
  readonly dueOn: Day | null;
  readonly pAlive: number | null;
  readonly value365Minor: bigint | null;
  /** A year at their own past rate and spending. */
  readonly pastYear: { readonly visits: number; readonly valueMinor: number };
  /** What they are used to come for and are late with, the longest first. */
  readonly lateFor: string | null;
};

type Row = {
  member_id: bigint;
  name: string | null;
  phone: string | null;
  email: string | null;
  visit_days: number;
  spent_minor: bigint;
  repeat_spent_minor: bigint;
  first_on: Date | null;
  last_on: Date | null;
  gap_days: number | null;
  due_on: Date | null;
  p_alive: number | null;
  value_365_minor: bigint | null;
  late_for: string | null;
};

const COLUMNS = `i.member_id, p.name, p.phone, p.email, i.visit_days, i.spent_minor, i.repeat_spent_minor, i.first_on, i.last_on, i.gap_days, i.due_on, i.p_alive,
  i.value_365_minor, (SELECT r.name FROM member_rhythm r WHERE r.business_id = i.business_id AND r.member_id = i.member_id
    AND r.due_on <= $2::date ORDER BY r.due_on LIMIT 1) AS late_for`;
const PEOPLE = `LEFT JOIN member_profile p ON p.business_id = i.business_id AND p.member_id = i.member_id`;
/** Blocked members are not called back. */
const WELCOME = `EXISTS (SELECT FROM member m WHERE m.business_id = i.business_id AND m.id = i.member_id AND m.blocked_at IS NULL)`;

const listed = (row: Row, today: Day): Listed => ({
  memberId: row.member_id,
  name: row.name,
  phone: row.phone,
  email: row.email,
  visits: row.visit_days,
  spentMinor: row.spent_minor,
  lastOn: dayText(row.last_on),
  gapDays: row.gap_days,
  dueOn: dayText(row.due_on),
  pAlive: row.p_alive,
  value365Minor: row.value_365_minor,
  pastYear: pastYearOf(row, today),
  lateFor: row.late_for,
});

const YEAR = 365;

function pastYearOf(row: Row, today: Day): Listed["pastYear"] {
  const [firstOn, lastOn] = [dayText(row.first_on), dayText(row.last_on)];
  const money = { spentMinor: row.spent_minor, repeatSpentMinor: row.repeat_spent_minor };
  const customer = customerOf({ firstOn, lastOn, visitDays: row.visit_days, ...money }, today);
  const { visits, value } = customer ? baseline(customer, YEAR) : { visits: 0, value: 0 };
  return { visits, valueMinor: Math.round(value) };
}

/** Past due, and not so long past that they are merely gone. `today` is $2. */
const OVERDUE = `i.due_on < $2::date AND i.last_on + (i.gap_days * ${GONE_GAPS})::int >= $2::date`;

/** Who is due on a day, the most valuable first; or overdue, the latest due first. A page and one more, to know whether there is one. */
export async function due(
  tx: Tx,
  businessId: bigint,
  list: DueList,
  today: Day,
  page: number,
): Promise<Listed[]> {
  const day = list === "tomorrow" ? addDays(today, 1) : today;
  const overdue = list === "overdue";
  const rows = await callIn<Row>(
    tx,
    `WITH i AS MATERIALIZED (
       SELECT i.* FROM member_insight i WHERE i.business_id = $1::bigint AND ${WELCOME}
         AND ${overdue ? OVERDUE : "i.due_on = $2::date"}
       ORDER BY ${overdue ? "i.due_on DESC, i.member_id DESC" : "i.value_365_minor DESC NULLS LAST, i.member_id DESC"}
       OFFSET $3::int LIMIT $4::int)
     SELECT ${COLUMNS} FROM i ${PEOPLE}
     ORDER BY ${overdue ? "i.due_on DESC, i.member_id DESC" : "i.value_365_minor DESC NULLS LAST, i.member_id DESC"}`,
    [businessId, day, page * PAGE, PAGE + 1],
  );
  return rows.map((row) => listed(row, today));
}

export type DueCounts = Readonly<Record<DueList, number>>;

export async function dueCounts(tx: Tx, businessId: bigint, today: Day): Promise<DueCounts> {
  const [row] = await callIn<Record<DueList, bigint>>(
    tx,
    `SELECT count(*) FILTER (WHERE i.due_on = $2::date) AS today, count(*) FILTER (WHERE i.due_on = $2::date + 1) AS tomorrow,
       count(*) FILTER (WHERE ${OVERDUE}) AS overdue
     FROM member_insight i WHERE i.business_id = $1::bigint AND i.due_on <= $2::date + 1`,
    [businessId, today],
  );
  return {
    today: Number(row?.today ?? 0),
    tomorrow: Number(row?.tomorrow ?? 0),
    overdue: Number(row?.overdue ?? 0),
  };
}

/** Who is in a cell, the most valuable first (the highest spent where there is no model). */
export async function inCell(
  tx: Tx,
  businessId: bigint,
  cell: Cell,
  today: Day,
  page: number,
): Promise<Listed[]> {
  const order = "i.value_365_minor DESC NULLS LAST, i.spent_minor DESC, i.member_id DESC";
  const rows = await callIn<Row>(
    tx,
    `WITH i AS MATERIALIZED (
       SELECT i.* FROM member_insight i WHERE i.business_id = $1::bigint AND i.rfm_cell = $3
       ORDER BY ${order} OFFSET $4::int LIMIT $5::int)
     SELECT ${COLUMNS} FROM i ${PEOPLE} ORDER BY ${order}`,
    [businessId, today, cell, page * PAGE, PAGE + 1],
  );
  return rows.map((row) => listed(row, today));
}

export type Rhythm = {
  readonly name: string;
  readonly visits: number;
  readonly gapDays: number;
  readonly lastOn: Day;
  readonly dueOn: Day;
};

/** A member's rhythms by what they come for, the most usual first. */
export async function rhythms(tx: Tx, businessId: bigint, memberId: bigint): Promise<Rhythm[]> {
  const rows = await tx.memberRhythm.findMany({
    where: { businessId, memberId },
    orderBy: [{ visits: "desc" }, { subject: "asc" }],
    take: 5,
  });
  return rows.map(({ name, visits, gapDays, lastOn, dueOn }) => ({
    name,
    visits,
    gapDays,
    lastOn: dayText(lastOn) ?? "",
    dueOn: dayText(dueOn) ?? "",
  }));
}

export type Seen = { readonly facts: Facts; readonly insight: Insight };

/** What is known of one member, when anything was counted. */
export async function seen(tx: Tx, businessId: bigint, memberId: bigint): Promise<Seen | undefined> {
  const row = await tx.memberInsight.findUnique({ where: { businessId_memberId: { businessId, memberId } } });
  if (!row) return undefined;
  const { expected30, expected90, expected365, value30Minor, value90Minor, value365Minor } = row;
  return {
    facts: {
      memberId,
      visitDays: row.visitDays,
      firstOn: dayText(row.firstOn),
      lastOn: dayText(row.lastOn),
      spentMinor: row.spentMinor,
      repeatSpentMinor: row.repeatSpentMinor,
      gaps: row.gaps,
      ownGapDays: row.ownGapDays,
    },
    insight: {
      memberId,
      recencyScore: row.recencyScore,
      frequencyScore: row.frequencyScore,
      monetaryScore: row.monetaryScore,
      cell: row.rfmCell as Cell | null,
      gapDays: row.gapDays,
      dueOn: dayText(row.dueOn),
      pAlive: row.pAlive,
      expected:
        expected30 === null || expected90 === null || expected365 === null
          ? null
          : [expected30, expected90, expected365],
      valueMinor:
        value30Minor === null || value90Minor === null || value365Minor === null
          ? null
          : [Number(value30Minor), Number(value90Minor), Number(value365Minor)],
    },
  };
}
