/** What makes one business tick: its goods, its customers' habits, its hours. Pure data and pure decisions. */
import type { Gender } from "../../lib/members/model";
import type { ProgrammeSettings } from "../../lib/program/schema";
import type { Dice } from "./dice";

export type Item = {
  readonly name: string;
  readonly category: string;
  readonly kind: "service" | "good";
  readonly priceMinor: bigint;
};

/** A way of coming: how often, how faithfully, what for. */
export type Habit = {
  /** Of a hundred newcomers, how many come this way. */
  readonly weight: number;
  /** Of a hundred of them, how many are women. */
  readonly women: number;
  readonly gapDays: number;
  /** How uneven the gaps are: 0.1 like clockwork, 0.6 whenever it suits. */
  readonly spread: number;
  /** The chance never to return after the first visit, and after each later one. */
  readonly leavesFirst: number;
  readonly leavesLater: number;
  /** Item names of one visit. */
  readonly basket: (dice: Dice) => readonly string[];
};

export type Branch = {
  readonly name: string;
  readonly address: string;
  /** How many newcomers choose it. */
  readonly weight: number;
  /** Days after the first day; customers come from then on. */
  readonly opensAfter: number;
  /** Begins its receipt numbers. */
  readonly letter: string;
};

export type Employee = {
  readonly name: string;
  readonly role: "owner" | "manager" | "marketer" | "cashier";
  /** Signs in with it; whoever has none is known to the tills alone. */
  readonly signIn?: { readonly email: string; readonly password: string };
  readonly externalId?: string;
  /** Index of the branch. */
  readonly branch?: number;
};

export type Trade = {
  readonly key: string;
  readonly name: string;
  readonly slug: string;
  readonly locale: "uk" | "ru" | "en";
  readonly accent: string;
  readonly branches: readonly Branch[];
  readonly employees: readonly Employee[];
  readonly items: readonly Item[];
  readonly habits: readonly Habit[];
  /** The first programme, and the one that follows after some days. */
  readonly programmes: readonly { afterDays: number; settings: ProgrammeSettings }[];
  readonly tags: readonly string[];
  /** Comments that go with points from the staff, in whole points. */
  readonly gifts: readonly { comment: string; points: number }[];
  readonly notes: readonly string[];
  /** Whether staff ring it up on the desk, or a till does. */
  readonly source: "desk" | "uds";
  readonly currency: string;
  readonly zone: string;
  readonly opens: number;
  readonly closes: number;
  /** How busy each hour from `opens` is. */
  readonly hours: readonly number[];
  /** How busy Monday to Sunday are. */
  readonly weekdays: readonly number[];
  /** How busy a calendar day is, 1 being usual; 0 means closed. */
  readonly season: (month: number, day: number) => number;
  /** Of a hundred newcomers, how many join on their own card instead of at the desk, and how many of those are invited. */
  readonly onCard: number;
  readonly invited: number;
  /** The chance that somebody with a card pays with points when there are enough. */
  readonly pays: number;
  /** Refunds in a thousand purchases. */
  readonly refunds: number;
};

export const priceOf = (trade: Trade, name: string): bigint => {
  const item = trade.items.find((each) => each.name === name);
  if (!item) throw new Error(`${trade.name} does not sell ${name}`);
  return item.priceMinor;
};

/** Tells which newcomer is a woman. */
export const genderFor = (dice: Dice, habit: Habit): Gender =>
  dice.chance(habit.women / 100) ? "female" : "male";

/** A demo on the built-in database is for trying out on this machine: its passwords are easy to remember. Elsewhere they are hardened. */
export const demoSignIn = (who: string) => ({ email: `${who}@kolo.example`, password: `kolo-${who}-demo` });
