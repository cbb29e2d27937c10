import "server-only";
import type { Channel } from "../model";
import type { ChannelSender } from "../send/model";
import { email } from "./email";
import { push } from "./push";
import { sms } from "./sms";
import { telegram } from "./telegram";

/** How each channel sends; the inbox needs nobody. */
export const senders: Readonly<Record<Exclude<Channel, "inbox">, ChannelSender>> = {
  push,
  email,
  sms,
  telegram,
};
