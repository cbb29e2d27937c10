import "server-only";
import { programme } from "../program";
import type { Handler } from "./handler";
import { settingsJson } from "./model";

/** GET settings: the company and its programme. */
export const getSettings: Handler = async ({ ctx }) => ({
  body: settingsJson(ctx.business, await programme(ctx)),
});
