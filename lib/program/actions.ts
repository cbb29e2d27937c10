"use server";
import { z } from "zod";
import { action } from "../access";
import { effectOf, saveProgramme } from "./index";
import { programmeSettings } from "./schema";

/** What a draft would do, before it is saved. */
export const previewProgramme = action(z.object({ settings: programmeSettings }), async (ctx, { settings }) =>
  effectOf(ctx, settings),
);

/** Puts a draft in force, unless somebody saved since `basedOn`. */
export const saveSettings = action(
  z.object({ basedOn: z.int().min(0), settings: programmeSettings }),
  async (ctx, { basedOn, settings }) => saveProgramme(ctx, basedOn, settings),
);
