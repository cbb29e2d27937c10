/** The senders alone, as a process of their own that can be killed. */
import { runSenders } from "@/lib/messaging";

await runSenders({ minters: {}, now: () => new Date(), stopping: () => false });
