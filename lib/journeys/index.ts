import "server-only";

/**
 * Journeys: steps a member walks through after a trigger; a campaign is a journey sent once.
 *
 * Owns what is drawn and its versions, who is where and why, what each step did, and the proof of what it brought. Always true: a
 * step of a run is done once, in the transaction that moves the run; a version never changes; who is in a control group stays there.
 */
export { type CallIn, callIn } from "./call";
export {
  check,
  createJourney,
  dropDraft,
  type GoLive,
  goLive,
  type NewJourney,
  type Save,
  saveDraft,
  type Turn,
  turn,
} from "./edit";
export { advanceDue } from "./engine/due";
export { WEBHOOK_JOB } from "./engine/effects";
export { lookAfter } from "./engine/strikes";
export { LISTENED, onEvents } from "./engine/triggers";
export { pauseBroken } from "./gone";
export { type Named, type Vocabulary, vocabulary } from "./known";
export {
  type Estimate,
  estimate,
  finishTask,
  journey,
  listJourneys,
  type OpenTask,
  openTasks,
  type PeopleQuery,
  type PersonThere,
  people,
  type Rehearsal,
  rehearse,
  type Shown,
} from "./look";
export { type Report, report, type Side, type Tried } from "./report";
export { callWebhook, webhookSecret } from "./webhooks";
