import "server-only";

export {
  addBrowser,
  type ChannelChoice,
  type ConsentEntry,
  choose,
  chooseQuiet,
  consentsOf,
  type Preferences,
  preferences,
  removeBrowser,
} from "./consent/consent";
export { takeResendHook } from "./hooks/resend";
export { type InboxEntry, inbox, markRead, unreadCount } from "./inbox/inbox";
export {
  cancelMessages,
  countsOfSource,
  type LogQuery,
  type LogRow,
  type LogSummary,
  logSummary,
  messageLog,
} from "./journal/journal";
export {
  archiveTemplate,
  saveTemplate,
  type Template,
  template,
  templates,
  testSend,
} from "./library/library";
/**
 * Messaging: one thing to one member through one channel.
 *
 * Owns messages, consent, the gate, templates and the channels. Always true: nothing leaves but through the gate, which looks at
 * consent, quiet hours, caps, suppression and pace at the moment of sending; every refusal is kept with its reason; a key is
 * one message for ever, and a message is counted once whatever channels it tried.
 */
export type {
  Channel,
  Content,
  Kind,
  MessageRefusal,
  MessageState,
  Offer,
  Purpose,
  Queued,
  Queueing,
  Saying,
  Source,
  Variables,
  Wording,
} from "./model";
export { queueMessage, queueMessages } from "./queue";
export { runSenders, sendDue } from "./send/run";
export type { Minters } from "./send/say";
export { messagingRules, type ShownSettings, saveMessagingRules, testSms } from "./settings/settings";
export { type Suppressed, suppress, suppressions, unsuppress } from "./suppression";
export { takeTelegramUpdate } from "./telegram/link";
export {
  type Exit,
  exitOf,
  followLink,
  noteStep,
  type ProviderNews,
  takeProviderNews,
  unsubscribe,
} from "./track/track";
