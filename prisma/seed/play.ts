/** Makes a plan happen: each happening becomes a call of the same verb that a card, a desk or a till would have used. */
import { type Context, systemContext } from "../../lib/access";
import { editMember, enrol, setBlocked, setTags, showCode } from "../../lib/members";
import { withBusiness } from "../../lib/platform/db";
import { join, requalify, saveProgramme } from "../../lib/program";
import { countOpened } from "../../lib/referrals";
import { customer, grant, quote, record, refund } from "../../lib/sales";
import { acting, actorOf, type Colleague, colleague, type House } from "./house";
import type { Bought, Happening, Newcomer } from "./life";
import type { Plan } from "./plan";

/** A business while its past is being played. */
export type Stage = {
  readonly house: House;
  readonly plan: Plan;
  /** Persons by e-mail, across businesses. */
  readonly persons: ReadonlyMap<string, bigint>;
  readonly members: Map<number, bigint>;
  readonly operations: Map<string, bigint>;
  readonly counts: { members: number; purchases: number };
};

type Of<Kind extends Happening["kind"]> = Extract<Happening, { kind: Kind }>;

/** Points under this are not worth asking for the card's code. Hundredths. */
const WORTH_SPENDING = 3_000n;
const WHOLE_POINT = 100n;

export function stage(house: House, plan: Plan, persons: ReadonlyMap<string, bigint>): Stage {
  const counts = { members: 0, purchases: 0 };
  return { house, plan, persons, members: new Map(), operations: new Map(), counts };
}

/** Puts the programme in force that begins on this day, if one does. */
export async function startProgramme({ house }: Stage, dayIndex: number, now: Date): Promise<void> {
  const { programmes } = house.trade;
  const version = programmes.findIndex(({ afterDays }) => afterDays === dayIndex);
  const found = programmes[version];
  if (!found) return;
  await saveProgramme(acting(house, actorOf(colleague(house, "owner")), now), version, found.settings);
  await requalify(systemContext(house.business, "requalify", now));
}

/** One happening. */
export async function happen(on: Stage, what: Happening): Promise<void> {
  switch (what.kind) {
    case "join":
      return await joins(on, what);
    case "purchase":
      return await buys(on, what);
    case "refund":
      return await givesBack(on, what);
    case "gift":
      return await receives(on, what);
    case "tags": {
      const ids = what.names.flatMap((name) => on.house.tags.get(name) ?? []);
      await setTags(asStaff(on, "manager", what.at), memberOf(on, what.who), ids);
      return;
    }
    case "note":
      return await noted(on, what);
    case "block":
      return await setBlocked(asStaff(on, "manager", what.at), memberOf(on, what.who), true);
  }
}

async function joins(on: Stage, { who, at }: Of<"join">): Promise<void> {
  const newcomer = newcomerOf(on, who);
  const { human } = newcomer;
  const { name, phone, email, gender, birthDate } = human;
  on.counts.members += 1;
  if (!newcomer.onCard) {
    // The desk asks for a name and a phone, and not everybody likes to give a birthday.
    const known = { name, phone, email: null, gender, birthDate: who % 3 === 0 ? birthDate : null };
    const ctx = acting(on.house, actorOf(cashierOn(on, newcomer.branch, at)), at);
    const unlinked = { personId: null, inviterId: null, source: "desk" };
    on.members.set(
      who,
      await withBusiness(ctx.business.id, (tx) => enrol(tx, ctx, { ...unlinked, ...known })),
    );
    return;
  }
  const personId = personOf(on, newcomer);
  const ctx = acting(on.house, { kind: "person", id: personId }, at);
  const inviteCode =
    newcomer.inviter === null ? null : await inviteCodeOf(ctx, memberOf(on, newcomer.inviter));
  if (inviteCode !== null) await opened(ctx, inviteCode, who);
  const { memberId } = await join(ctx, {
    personId,
    name,
    phone,
    email,
    birthDate,
    gender,
    inviteCode,
    source: "card",
  });
  on.members.set(who, memberId);
}

/** Who joins by a link has opened it, and some who never joined opened it as well. */
async function opened(ctx: Context, code: string, who: number): Promise<void> {
  for (let nth = 0; nth <= who % 3; nth += 1)
    await countOpened(ctx.business, code, { device: `seed ${who} ${nth}`, network: null }, ctx.now);
}

async function inviteCodeOf(ctx: Context, memberId: bigint): Promise<string> {
  const businessId = ctx.business.id;
  return await withBusiness(businessId, async (tx) => {
    const where = { businessId_id: { businessId, id: memberId } };
    return (await tx.member.findUniqueOrThrow({ where, select: { inviteCode: true } })).inviteCode;
  });
}

async function buys(on: Stage, what: Of<"purchase">): Promise<void> {
  const { house } = on;
  const { at, bought, branch } = what;
  const memberId = memberOf(on, what.who);
  const totalMinor = bought.reduce((sum, line) => sum + line.amountMinor, 0n);
  const serving = cashierOn(on, branch, at);
  const atTill = house.trade.source === "uds";
  const ctx = acting(house, atTill ? { kind: "till", id: house.till.id } : actorOf(serving), at);
  const { code, points } = await payment(on, what, ctx, totalMinor);
  const bill = { totalMinor, skipMinor: 0n, unredeemableMinor: 0n, points, cashMinor: null };
  const number = on.plan.receipts.get(what.id) ?? null;
  const recorded = await record(ctx, {
    by: code ? { code } : { memberId },
    receipt: { ...bill, number },
    key: `seed:${what.id}`,
    staffId: serving.id,
    locationId: house.locations[branch] ?? null,
    source: house.trade.source,
    lines: bought.map((line) => billLine(house, line)),
  });
  on.operations.set(what.id, recorded.operationId);
  on.counts.purchases += 1;
}

const billLine = ({ items }: House, { name, quantity, amountMinor }: Bought) => ({
  itemId: items.get(name) ?? null,
  name,
  quantity,
  amountMinor,
});

/** Who pays with points shows the card's code, and the desk asks how much is allowed. */
async function payment(
  on: Stage,
  what: Of<"purchase">,
  ctx: Context,
  totalMinor: bigint,
): Promise<{ code: string | null; points: bigint }> {
  if (what.points === 0) return { code: null, points: 0n };
  const memberId = memberOf(on, what.who);
  const personId = personOf(on, newcomerOf(on, what.who));
  const { code } = await showCode(
    acting(on.house, { kind: "member", id: memberId, personId }, what.at),
    memberId,
  );
  const bill = { totalMinor, skipMinor: 0n, unredeemableMinor: 0n, points: null };
  const { maxPoints } = (await quote(ctx, { by: { code }, ...bill })).price;
  const wished = what.points === 1 ? maxPoints : maxPoints / 2n;
  const points = wished < WORTH_SPENDING ? 0n : (wished / WHOLE_POINT) * WHOLE_POINT;
  return { code, points };
}

async function givesBack(on: Stage, what: Of<"refund">): Promise<void> {
  const operationId = on.operations.get(what.of);
  if (operationId === undefined) throw new Error(`refund of ${what.of}, which was not bought yet`);
  const serving = cashierOn(on, what.branch, what.at);
  await refund(acting(on.house, actorOf(serving), what.at), {
    operationId,
    partMinor: what.partMinor,
    key: `seed:refund:${what.of}`,
    staffId: serving.id,
    locationId: on.house.locations[what.branch] ?? null,
    source: on.house.trade.source,
  });
}

async function receives(on: Stage, what: Of<"gift">): Promise<void> {
  await grant(asStaff(on, "manager", what.at), {
    memberId: memberOf(on, what.who),
    points: BigInt(what.points) * WHOLE_POINT,
    comment: what.comment,
    key: `seed:gift:${what.who}:${what.at.getTime()}`,
    source: "office" as const,
  });
}

async function noted(on: Stage, { who, at, text }: Of<"note">): Promise<void> {
  const ctx = asStaff(on, "manager", at);
  const memberId = memberOf(on, who);
  const found = await customer(ctx, { memberId });
  if (!found) throw new Error("a note about nobody");
  const { name, phone, email, birthDate, gender } = found.member;
  await editMember(ctx, { memberId, name, phone, email, birthDate, gender, note: text });
}

function newcomerOf(on: Stage, who: number): Newcomer {
  const found = on.plan.newcomers[who];
  if (!found) throw new Error(`nobody is number ${who}`);
  return found;
}

function memberOf(on: Stage, who: number): bigint {
  const id = on.members.get(who);
  if (id === undefined) throw new Error(`${who} has not joined yet`);
  return id;
}

function personOf(on: Stage, { human }: Newcomer): bigint {
  const id = on.persons.get(human.email);
  if (id === undefined) throw new Error(`${human.email} is nobody's sign-in`);
  return id;
}

function asStaff(on: Stage, role: "manager", at: Date): Context {
  return acting(on.house, actorOf(colleague(on.house, role)), at);
}

/** Two days on, two days off. */
function cashierOn({ house }: Stage, branch: number, at: Date): Colleague {
  const team = house.staff.filter((each) => each.role === "cashier" && each.branch === branch);
  const shift = Math.floor(at.getTime() / 172_800_000);
  return team[shift % team.length] ?? colleague(house, "owner");
}
