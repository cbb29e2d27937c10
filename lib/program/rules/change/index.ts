import "server-only";
import { audit, type Context, require } from "../../../access";
import { newId } from "../../../kernel/ids";
import { Refused } from "../../../kernel/refusals";
import { type Tx, violatedConstraint, withBusiness } from "../../../platform/db";
import { enqueue } from "../../../platform/jobs";
import { publish } from "../../../platform/outbox";
import { refuseUsed } from "../../../platform/uses";
import * as history from "../../history/store";
import { type ProgrammeSettings, toSettings } from "../../schema";
import * as versionStore from "../../store";
import type { RuleBody } from "../model";
import { RULES_MAX } from "../schema";
import * as store from "../store";

/** A change of the programme: new settings, rules written (`id` null: a new one) and rules taken out. */
export type Draft = {
  readonly settings?: ProgrammeSettings;
  readonly put?: readonly { readonly id: bigint | null; readonly body: RuleBody }[];
  readonly drop?: readonly bigint[];
};
export type Changed = { readonly version: number; readonly ruleIds: readonly bigint[] };

type Written = { readonly id: bigint; readonly body: RuleBody | null };
type Version = { readonly version: number; readonly effectiveAt: Date };

/**
 * Puts a change in force as the next version: now, or at a moment to come.
 *
 * Shape: changes already scheduled for later are written anew on top of this one, so that nothing is lost when they come; where
 * both change the same setting or rule, the scheduled change holds then. `basedOn`: the version in force that was read.
 * Refuses: `stale` when another one came into force meanwhile, `limit_reached`, `not_found` for a rule that is not there; `in_use`
 * with `uses` for a tier or rule taken away that something else names.
 */
export async function changeProgramme(
  ctx: Context,
  basedOn: number,
  draft: Draft,
  effectiveAt: Date | null = null,
): Promise<Changed> {
  require(ctx, "programme:write");
  const at = effectiveAt && effectiveAt > ctx.now ? effectiveAt : ctx.now;
  const written = [
    ...(draft.put ?? []).map(({ id, body }): Written => ({ id: id ?? newId(ctx.now), body })),
    ...(draft.drop ?? []).map((id): Written => ({ id, body: null })),
  ];
  const version = await writing(ctx, async (tx) => {
    const current = await currentOrStale(tx, ctx, basedOn);
    const scheduled = await history.scheduledAfter(tx, ctx.business.id, ctx.now);
    const base = scheduled.findLast((each) => each.effectiveAt <= at)?.version ?? current;
    await requireRules(tx, ctx, base, draft);
    await refuseMissed(tx, ctx, current, draft);
    const from = current === 0 ? undefined : await settingsAt(tx, ctx, current);
    const mine = { from, to: draft.settings, written };
    const later = scheduled.filter((each) => each.effectiveAt > at);
    const made = await write(tx, ctx, { version: base, effectiveAt: at }, mine, base);
    for (const each of later) await rebase(tx, ctx, each, mine, current);
    await announce(tx, ctx, made, at);
    return made;
  });
  return { version, ruleIds: written.map(({ id }) => id) };
}

/**
 * Makes the programme say again what an older version said, as a new version in force now.
 *
 * Refuses: `stale`, `not_found`, `in_use` while another change is scheduled (cancel that first: it stands on what would be undone).
 */
export async function undoTo(ctx: Context, basedOn: number, version: number): Promise<number> {
  require(ctx, "programme:write");
  return await writing(ctx, async (tx) => {
    await currentOrStale(tx, ctx, basedOn);
    const [scheduled] = await history.scheduledAfter(tx, ctx.business.id, ctx.now);
    if (scheduled) throw new Refused("in_use", { version: scheduled.version });
    const settings = await settingsAt(tx, ctx, version);
    const mine = { from: settings, to: settings, written: [] };
    const made = await write(tx, ctx, { version, effectiveAt: ctx.now }, mine, version);
    await announce(tx, ctx, made, ctx.now, version);
    return made;
  });
}

/** Takes back a change that has not come into force. Refuses: `not_found`. */
export async function cancelScheduled(ctx: Context, version: number): Promise<void> {
  require(ctx, "programme:write");
  await withBusiness(ctx.business.id, async (tx) => {
    const scheduled = await history.scheduledAfter(tx, ctx.business.id, ctx.now);
    if (!scheduled.some((each) => each.version === version)) throw new Refused("not_found");
    await history.cancelVersion(tx, ctx, version);
    await audit(tx, ctx, "programme.cancel", null, { version });
  });
}

/** A version number taken by somebody else meanwhile is the same news as another version in force. */
async function writing<T>(ctx: Context, run: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await withBusiness(ctx.business.id, run);
  } catch (error) {
    if (violatedConstraint(error)) throw new Refused("stale");
    throw error;
  }
}

async function currentOrStale(tx: Tx, ctx: Context, basedOn: number): Promise<number> {
  const current = (await versionStore.currentVersion(tx, ctx.business.id, ctx.now)) ?? 0;
  if (current !== basedOn) throw new Refused("stale");
  return current;
}

async function requireRules(tx: Tx, ctx: Context, base: number, draft: Draft): Promise<void> {
  const known = [...(draft.put ?? []).map(({ id }) => id), ...(draft.drop ?? [])];
  for (const id of known) {
    if (id !== null && (await store.bodiesOf(tx, ctx.business.id, id)).length === 0)
      throw new Refused("not_found", { rule: id });
  }
  const added = (draft.put ?? []).filter(({ id }) => id === null).length;
  if (added > 0 && (await store.countRules(tx, ctx.business.id, base)) + added > RULES_MAX)
    throw new Refused("limit_reached", { most: RULES_MAX });
}

/** A tier that is gone and a rule that is taken out must not be what something else stands on. */
async function refuseMissed(tx: Tx, ctx: Context, current: number, draft: Draft): Promise<void> {
  const asked = { businessId: ctx.business.id, now: ctx.now };
  await refuseUsed(tx, { ...asked, kind: "rule" }, draft.drop ?? []);
  if (!draft.settings || current === 0) return;
  const kept = new Set(draft.settings.tiers.map(({ id }) => id));
  const gone = (await settingsAt(tx, ctx, current)).tiers.map(({ id }) => id).filter((id) => !kept.has(id));
  const written = new Map([
    ...(draft.put ?? []).map(({ id, body }) => [String(id), body] as const),
    ...(draft.drop ?? []).map((id) => [String(id), null] as const),
  ]);
  // A rule that is changed together with the tiers is looked at as it will be.
  await refuseUsed(tx, { ...asked, kind: "tier" }, gone, ({ kind, ref }) => {
    const body = kind === "rule" ? written.get(ref) : undefined;
    return body !== undefined && !body?.when.tiers?.some((id) => gone.includes(id));
  });
}

async function settingsAt(tx: Tx, ctx: Context, version: number): Promise<ProgrammeSettings> {
  const found = await versionStore.settingsOf(tx, ctx.business.id, version);
  if (!found) throw new Refused("not_found", { what: "programme" });
  return toSettings(found);
}

type Mine = {
  readonly from: ProgrammeSettings | undefined;
  readonly to: ProgrammeSettings | undefined;
  readonly written: readonly Written[];
};

/** Writes the next version: what `base` says, with the change on top. */
async function write(
  tx: Tx,
  ctx: Context,
  { effectiveAt }: Version,
  mine: Mine,
  base: number,
): Promise<number> {
  const businessId = ctx.business.id;
  const previous = await history.latestVersion(tx, businessId);
  const next = previous + 1;
  const old = base === 0 ? undefined : await settingsAt(tx, ctx, base);
  const settings = merged(old, mine);
  if (!settings) throw new Refused("not_found", { what: "programme" });
  // Clocks of two machines differ; what was saved last on top of another must not come into force before it.
  const at = await history.notBefore(tx, businessId, base, effectiveAt);
  await versionStore.insertVersion(tx, ctx, next, settings, at);
  const except = mine.written.map(({ id }) => id);
  await store.carryOver(tx, businessId, { base, previous, next, except });
  for (const { id, body } of mine.written) await store.writeRule(tx, businessId, next, id, body);
  return next;
}

/** A scheduled version made anew with a change under it; what it says otherwise than the one in force stays as it has it. */
async function rebase(tx: Tx, ctx: Context, scheduled: Version, mine: Mine, current: number): Promise<void> {
  const written: Written[] = [];
  for (const each of mine.written) {
    const own = await store.ruleAt(tx, ctx.business.id, scheduled.version, each.id);
    const was = await store.ruleAt(tx, ctx.business.id, current, each.id);
    const isOwn = jsonOf(own?.rule) !== jsonOf(was?.rule);
    written.push(isOwn ? { id: each.id, body: own?.rule ?? null } : each);
  }
  await history.cancelVersion(tx, ctx, scheduled.version);
  const made = await write(tx, ctx, scheduled, { ...mine, written }, scheduled.version);
  await announce(tx, ctx, made, scheduled.effectiveAt);
}

/** Settings of a base with only what was changed on top: what the base says otherwise than both stays. */
function merged(base: ProgrammeSettings | undefined, { from, to }: Mine): ProgrammeSettings | undefined {
  if (!to || !base || !from) return to ?? base;
  const same = (a: unknown, b: unknown) => jsonOf(a) === jsonOf(b);
  const entries = Object.entries(to).map(([name, value]) => {
    const field = name as keyof ProgrammeSettings;
    const isMine = !same(value, from[field]) && same(base[field], from[field]);
    return [name, isMine ? value : base[field]];
  });
  return Object.fromEntries(entries) as ProgrammeSettings;
}

const jsonOf = (value: unknown) =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? each.toString() : each)) ?? "";

/** Members are put on their tiers when the version comes into force, whenever that is. */
async function announce(tx: Tx, ctx: Context, version: number, at: Date, undone?: number): Promise<void> {
  const businessId = ctx.business.id;
  const isNow = at <= ctx.now;
  const detail = {
    version,
    ...(isNow ? {} : { effectiveAt: at.toISOString() }),
    ...(undone ? { undone } : {}),
  };
  await audit(tx, ctx, "programme.save", null, detail);
  if (isNow) await enqueue(tx, "requalify", { businessId: businessId.toString() }, `requalify:${businessId}`);
  const payload = { version };
  await publish(tx, { businessId, memberId: null, type: "programme.saved", payload, at });
}
