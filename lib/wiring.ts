import "server-only";
import { allBusinesses, systemContext } from "./access";
/** Who acts on which news and which job: the only file that may import every module. */
import { expireDue } from "./ledger";
import { forgetDeadCodes } from "./members";
import { type Task } from "./platform/jobs";
import type { Handler } from "./platform/outbox";
import { countInvitations } from "./program";

/** Handlers of events, in the order they act on a batch. */
export const handlers: readonly Handler[] = [
  { name: "invitations", types: ["purchase.recorded", "purchase.refunded"], handle: countInvitations },
];

/** Jobs by name. Each may run twice and may be stopped: it goes on where it was. */
export const tasks: Readonly<Record<string, Task>> = {
  expire_points: async (_payload, stopping) => {
    await expireDue(new Date(), stopping);
  },
  nightly: async (_payload, stopping) => {
    for (const business of await allBusinesses()) {
      if (stopping()) return;
      await forgetDeadCodes(systemContext(business, "nightly", new Date()));
    }
  },
};

/** When jobs run by themselves (UTC); missed runs are made up for after a pause. */
export const crontab = `
*/5 * * * * expire_points ?fill=1h&max=3
17 2 * * * nightly ?fill=1d&max=3
`;
