import "server-only";
import type { Context } from "../../access";
import { beatOfMember } from "../../insights";
import type { Beat } from "../../insights/model";
import { displayName } from "../../members/model";
import { programme, programmeAt } from "../../program";
import type { Programme } from "../../program/model";
import { outlook } from "../../tiers";
import { type Missing, nextTier, type Outlook, type Perk } from "../../tiers/model";
import { type Customer, type Identifier, NEWCOMER, stoodOf } from "../model";
import { maySpend } from "../record";
import { readCustomer } from "../store";

/** Points that end within this time are worth a word at the counter. */
const SOON_MS = 30 * 86_400_000;

/** Who stands at the desk, as the staff sees them. Points in hundredths, money in minor units. */
export type Guest = {
  /** Null: nobody has this phone yet; the first purchase makes the member. */
  readonly memberId: bigint | null;
  readonly name: string;
  readonly phone: string | null;
  readonly isBlocked: boolean;
  readonly note: string | null;
  readonly tags: readonly string[];
  readonly tier: { readonly name: string; readonly rateBps: number; readonly perks: readonly Perk[] };
  readonly next: (Missing & { readonly name: string; readonly progress: number }) | null;
  /** What is left to keep the tier, and by when. */
  readonly keeping: Outlook["keeping"];
  /** Until when (exclusive) a tier given by hand holds. */
  readonly givenUntil: Date | null;
  readonly available: bigint;
  readonly pending: bigint;
  readonly pendingAt: Date | null;
  /** What ends soon and when; zero when nothing does within a month. */
  readonly expiring: bigint;
  readonly expiresAt: Date | null;
  readonly visits: number;
  readonly lastAt: Date | null;
  /** How often they usually come, and whether they are late; null before a second visit. */
  readonly beat: Beat | null;
  /** Whether points may pay, named this way. */
  readonly maySpend: boolean;
};

/** What decisions about somebody need, beside what is shown. */
export type Met = {
  readonly customer: Customer | undefined;
  readonly programme: Programme;
  readonly guest: Guest;
};

/** Reads who is named; a phone nobody has is somebody new, anything else unknown is nothing. */
export async function meet(ctx: Context, by: Identifier): Promise<Met | undefined> {
  const { customer } = await readCustomer(ctx.business.id, ctx.now, by);
  if (customer) {
    const rules = await programmeAt(ctx, customer.programmeVersion);
    return { customer, programme: rules, guest: await known(ctx, rules, customer) };
  }
  if (!by.phone) return undefined;
  const rules = await programme(ctx);
  return { customer: undefined, programme: rules, guest: stranger(rules, by.phone) };
}

async function known(ctx: Context, rules: Programme, customer: Customer): Promise<Guest> {
  const { member, expiresAt } = customer;
  const isSoon = expiresAt !== null && expiresAt.getTime() - ctx.now.getTime() < SOON_MS;
  const { tier, next, keeping, given } = await outlook(ctx, rules, stoodOf(customer));
  return {
    memberId: member.id,
    name: displayName(member),
    phone: member.phone,
    isBlocked: member.blockedAt !== null,
    note: member.note,
    tags: member.tags.map((tag) => tag.name),
    tier: { name: tier.name, rateBps: tier.rateBps, perks: tier.perks },
    next: next && named(next),
    keeping,
    givenUntil: given?.until ?? null,
    available: customer.available,
    pending: customer.pending,
    pendingAt: customer.pendingAt,
    expiring: isSoon ? customer.expiring : 0n,
    expiresAt: isSoon ? expiresAt : null,
    visits: customer.visits,
    lastAt: customer.lastAt,
    beat: await beatOfMember(ctx, member.id),
    maySpend: maySpend(rules, customer),
  };
}

const named = ({ tier, ...next }: NonNullable<Outlook["next"]>) => ({ ...next, name: tier.name });

function stranger(rules: Programme, phone: string): Guest {
  const next = nextTier(rules.base, rules, NEWCOMER.totals);
  return {
    memberId: null,
    name: phone,
    phone,
    isBlocked: false,
    note: null,
    tags: [],
    tier: { name: rules.base.name, rateBps: rules.base.rateBps, perks: rules.base.perks },
    next: next ? named(next) : null,
    keeping: null,
    givenUntil: null,
    available: 0n,
    pending: 0n,
    pendingAt: null,
    expiring: 0n,
    expiresAt: null,
    visits: 0,
    lastAt: null,
    beat: null,
    maySpend: false,
  };
}
