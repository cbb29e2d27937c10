/** The shapes screens and forms hand in, in one place. */
export {
  type BrowserInput,
  browserInput,
  type PreferenceInput,
  preferenceInput,
  type QuietInput,
  quietInput,
} from "./consent/schema";
export { type MessagingSettings, messagingSettings, type SmsGateway, STARTING } from "./settings/schema";
export { contentSchema, type TemplateDraft, templateDraft } from "./template/schema";
