import "server-only";
import { type Context, require } from "../../access";
import { itemsEver } from "../../catalog";
import { firstIdAt, newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { addDays, dayOf, startOfDay } from "../../kernel/time";
import { type Tx, withBusiness } from "../../platform/db";
import { usesOf } from "../../platform/uses";
import { programmeIn } from "../index";
import * as versionStore from "../store";
import { changeProgramme } from "./change";
import { type Finding, findingsOf, type Names } from "./check/model";
import type { Rule, RuleBody } from "./model";
import * as store from "./store";

/** What a rule gave in the last 30 days, refunds taken off: points or money, purchases, members. */
export type RuleResult = { readonly amount: bigint; readonly purchases: number; readonly members: number };
/** `scheduled`: its dates begin later; `ended`: they are over; `spent`: its budget is used up. */
export type RuleState = "on" | "off" | "scheduled" | "ended" | "spent" | "archived";
export type RuleRow = {
  readonly rule: Rule;
  readonly state: RuleState;
  /** The version it got its present body in. */
  readonly since: number;
  /** Of its budget; null where it has none. */
  readonly used: bigint | null;
  readonly result: RuleResult;
};

const RESULT_DAYS = 30;
const NOTHING: RuleResult = { amount: 0n, purchases: 0, members: 0 };

/** The rules in force with their state and what they gave, in their order; `archived`: those taken out instead, at most 200. */
export async function rules(ctx: Context, archived = false): Promise<RuleRow[]> {
  require(ctx, "programme:read");
  const { id, zone } = ctx.business;
  const today = dayOf(ctx.now, zone);
  const from = firstIdAt(startOfDay(addDays(today, 1 - RESULT_DAYS), zone));
  const [found, results] = await withBusiness(id, async (tx) => {
    const version = (await versionStore.currentVersion(tx, id, ctx.now)) ?? 0;
    const rows = archived
      ? (await store.archivedRules(tx, id, version)).map((rule) => ({ rule, since: version }))
      : await store.rulesSince(tx, id, version);
    const ids = rows.map(({ rule }) => rule.id);
    return [rows, await store.resultsOf(tx, id, ids, from)] as const;
  });
  const budgets = found.flatMap(({ rule }) => (rule.caps.budget === null ? [] : [rule.id]));
  const used = budgets.length > 0 ? await store.budgetsUsed(id, budgets) : [];
  const byRule = new Map(results.map((each) => [each.rule_id, each]));
  return found
    .map(({ rule, since }): RuleRow => {
      const result = byRule.get(rule.id);
      const ofBudget = used.find(({ ruleId }) => ruleId === rule.id)?.amount ?? 0n;
      return {
        rule,
        since,
        state: archived ? "archived" : stateOf(rule, today, ofBudget),
        used: rule.caps.budget === null ? null : ofBudget,
        result: result
          ? { amount: result.amount, purchases: Number(result.purchases), members: Number(result.members) }
          : NOTHING,
      };
    })
    .toSorted((a, b) => b.rule.priority - a.rule.priority || (a.rule.id < b.rule.id ? -1 : 1));
}

function stateOf({ isOn, when: { dates }, caps }: Rule, today: string, used: bigint): RuleState {
  if (!isOn) return "off";
  if (dates?.to && dates.to < today) return "ended";
  if (dates?.from && dates.from > today) return "scheduled";
  return caps.budget !== null && used >= caps.budget ? "spent" : "on";
}

/** One rule with every body it ever had, newest first. Refuses: `not_found`. */
export async function ruleHistory(
  ctx: Context,
  ruleId: bigint,
): Promise<readonly { rule: Rule; from: number; to: number | null }[]> {
  require(ctx, "programme:read");
  const bodies = await withBusiness(ctx.business.id, (tx) => store.bodiesOf(tx, ctx.business.id, ruleId));
  if (bodies.length === 0) throw new Refused("not_found");
  return bodies;
}

/** What is wrong or looks wrong with a rule before it is saved. `id`: of the rule that is changed; null: a new one. */
export async function checkRule(ctx: Context, id: bigint | null, body: RuleBody): Promise<Finding[]> {
  require(ctx, "programme:read");
  const businessId = ctx.business.id;
  return await withBusiness(businessId, async (tx) => {
    const programme = await programmeIn(tx, businessId, ctx.now);
    const others = await store.rulesAt(tx, businessId, programme.version);
    const items = await itemsEver(tx, businessId);
    const { locations, tags, segments } = await store.namesIn(tx, businessId);
    const known: Names = {
      items: new Set(items.filter((item) => !item.archivedAt).map((item) => item.id)),
      categories: new Set(items.flatMap(({ category }) => (category === null ? [] : [category]))),
      locations: new Set(locations.filter((place) => !place.archivedAt).map((place) => place.id)),
      tags: new Set(tags.map((tag) => tag.id)),
      segments,
      ...(body.when.isHeld && { isBrought: await isBrought(ctx, tx, id) }),
    };
    const own = { id: id ?? newId(ctx.now), ...body };
    const rest = others.filter((other) => other.id !== own.id);
    return findingsOf(own, rest, programme, known, dayOf(ctx.now, ctx.business.zone));
  });
}

/** Whether a reward brings a rule that waits to be brought. */
async function isBrought(ctx: Context, tx: Tx, id: bigint | null): Promise<boolean> {
  if (id === null) return false;
  return (await usesOf(tx, ctx.business.id, ctx.now, "rule", [id])).size > 0;
}

/**
 * Saves a rule as a new version of the programme, now or at a moment to come.
 *
 * Refuses: `invalid` with the first thing that is wrong (`checkRule` says all), `stale`, `limit_reached`, `not_found`.
 */
export async function saveRule(
  ctx: Context,
  basedOn: number,
  id: bigint | null,
  body: RuleBody,
  effectiveAt: Date | null = null,
): Promise<{ version: number; ruleId: bigint; findings: Finding[] }> {
  require(ctx, "programme:write");
  const findings = await checkRule(ctx, id, body);
  const wrong = findings.find(({ level }) => level === "refuse");
  if (wrong) throw new Refused("invalid", { field: "rule", problem: wrong.code, value: wrong.value ?? null });
  const changed = await changeProgramme(ctx, basedOn, { put: [{ id, body }] }, effectiveAt);
  return { version: changed.version, ruleId: changed.ruleIds[0] ?? 0n, findings };
}

/**
 * Takes a rule out as a new version; purchases it priced keep it. Refuses: as `changeProgramme`; `in_use` with `uses` while a reward
 * brings it.
 */
export async function archiveRule(
  ctx: Context,
  basedOn: number,
  ruleId: bigint,
  effectiveAt: Date | null = null,
): Promise<number> {
  return (await changeProgramme(ctx, basedOn, { drop: [ruleId] }, effectiveAt)).version;
}
