/** The pure cores of journeys behind one door: what screens draw with, read back and try out. Browser-safe. */
export type { Walked } from "./dryrun/model";
export { EVENTS, type PropertyKind } from "./facts/model";
export { BRANCHES_MAX, METRICS, NUMBERS, TRIGGERS_MAX, UNITS } from "./limits/model";
export type { Problem } from "./problems/model";
export type { Contrast, Verdict } from "./proof/model";
export { type Reader, readJourney, readSchedule, readStep, type Say } from "./reading/model";
export { offered, type Ready } from "./ready/model";
export {
  freeId,
  type Gap,
  insertStep,
  moveStep,
  newStep,
  nudgeStep,
  placeOf,
  removeStep,
  replaceStep,
} from "./tree/model";
export { allSteps, branchesOf } from "./walk/model";
