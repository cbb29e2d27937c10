/** What a journey may be made of, and how much of it; here, so that screens need not bring the schemas to say it. */
import type { Definition } from "../schema";

export const STEPS_MAX = 100;
export const DEPTH_MAX = 8;
export const BRANCHES_MAX = 6;
export const TRIGGERS_MAX = 5;

export const UNITS = ["minutes", "hours", "days"] as const;
export const METRICS = ["opened", "clicked", "visited"] as const;
/** Numbers known of a member. Units: `spent`, `points` and `toNextTier` (what is left to spend) in hundredths, the others in days or times. */
export const NUMBERS = ["visits", "spent", "points", "toNextTier", "daysSinceVisit", "daysAsMember"] as const;

/** What an empty journey begins with. */
export const emptyDefinition: Definition = {
  triggers: [],
  only: null,
  reentry: { mode: "once", days: 30, restart: false },
  goal: null,
  controlBps: 1_000,
  windowDays: 14,
  steps: [],
};
