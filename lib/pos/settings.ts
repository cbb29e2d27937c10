import "server-only";
import { programme } from "../program";
import { settingsJson } from "./model";
import type { Handler } from "./route";

/** GET settings: the company and its programme. */
export const getSettings: Handler = async ({ ctx }) => ({
  body: settingsJson(ctx.business, await programme(ctx)),
});
