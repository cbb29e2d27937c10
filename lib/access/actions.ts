"use server";
import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { action, personAction, staffAction, visitorAction } from "./action";
import * as access from "./index";
import { ownPath } from "./model";
import * as schema from "./schema";
import type { StaffHome } from "./session/sessions";

type Destination = { locale: string; to?: string | undefined };

/** The way back in the language now spoken: it may have been switched at the door. */
function wayBack({ locale, to }: Destination, home: string): Route {
  return ownPath(to, `/${locale}/${home}`).replace(/^\/[a-z]{2}(?=[/?#]|$)/, `/${locale}`) as Route;
}

function goOn(home: StaffHome, destination: Destination): never {
  const back = wayBack(destination, home);
  if (home !== "choose") return redirect(back);
  const asked = new URLSearchParams(destination.to ? { to: back } : {});
  return redirect(`/${destination.locale}/sign-in/choose?${asked}` as Route);
}

/** The page that asked shows what has changed, in the same answer. */
const thenRefresh =
  <Args extends unknown[], T>(verb: (...args: Args) => Promise<T>) =>
  async (...args: Args): Promise<T> => {
    const value = await verb(...args);
    refresh();
    return value;
  };

/** Person sign-in, first step: sends the code. */
export const sendPersonCode = visitorAction(schema.sendPersonCode, access.requestPersonCode);

/** Person sign-in, second step: signs in and goes on to `to`, the card if not given. */
export const enterPersonCode = visitorAction(schema.enterPersonCode, async (visitor, input) => {
  const { sessionId } = await access.signInPersonByCode(visitor, input);
  await access.startSession("person", sessionId);
  redirect(wayBack(input, "card"));
});

/** Staff sign-in by password; goes on to `to`, or to where the role works. */
export const enterPassword = visitorAction(schema.enterPassword, async (visitor, input) => {
  const { sessionId, home } = await access.signInStaffByPassword(visitor, input);
  await access.startSession("staff", sessionId);
  goOn(home, input);
});

/** Sends a staff sign-in link; the answer is the same for addresses nobody works under. */
export const sendStaffLink = visitorAction(schema.sendStaffLink, access.requestStaffLink);

/** The button on the page a link opens. */
export const openStaffLink = visitorAction(schema.openStaffLink, async (visitor, input) => {
  const { sessionId, home } = await access.signInStaffByLink(visitor, input);
  await access.startSession("staff", sessionId);
  goOn(home, input);
});

/** Chooses, or changes, the business this browser works in. */
export const chooseBusiness = staffAction(schema.chooseBusiness, async (staff, input) => {
  const { home } = await access.chooseBusiness(staff, input);
  goOn(home, input);
});

export const setPassword = staffAction(schema.setPassword, async (staff, input) => {
  await access.setPassword(staff, await access.currentVisitor(), input);
});

/** Works for whoever is signed in, and for whoever no longer is. */
export const signOutStaff = visitorAction(schema.signOut, async (_visitor, { locale }) => {
  await access.endSession("staff");
  redirect(`/${locale}/sign-in` as Route);
});
export const signOutPerson = visitorAction(schema.signOut, async (_visitor, { locale }) => {
  await access.endSession("person");
  redirect(`/${locale}/card/sign-in` as Route);
});
export const signOutStaffEverywhere = staffAction(schema.signOut, async (staff, { locale }) => {
  await access.signOutEverywhere(staff);
  await access.endSession("staff");
  redirect(`/${locale}/sign-in` as Route);
});
export const signOutPersonEverywhere = personAction(schema.signOut, async (person, { locale }) => {
  await access.signOutEverywhere(person);
  await access.endSession("person");
  redirect(`/${locale}/card/sign-in` as Route);
});
export const revokeStaffSession = staffAction(schema.oneSession, thenRefresh(access.revokeSession));
export const revokePersonSession = personAction(schema.oneSession, thenRefresh(access.revokeSession));

export const updateBusiness = action(schema.businessProfile, thenRefresh(access.updateBusiness));
export const addStaff = action(schema.newStaff, thenRefresh(access.addStaff));
export const changeRole = action(schema.staffRole, thenRefresh(access.changeRole));
export const disableStaff = action(schema.one, thenRefresh(access.disableStaff));
export const enableStaff = action(schema.one, thenRefresh(access.enableStaff));
export const inviteAgain = action(schema.one, thenRefresh(access.inviteAgain));
export const addLocation = action(schema.newLocation, thenRefresh(access.addLocation));
export const renameLocation = action(schema.changedLocation, thenRefresh(access.renameLocation));
export const archiveLocation = action(schema.one, thenRefresh(access.archiveLocation));
export const createApiKey = action(schema.newApiKey, thenRefresh(access.createApiKey));
export const revokeApiKey = action(schema.one, thenRefresh(access.revokeApiKey));
