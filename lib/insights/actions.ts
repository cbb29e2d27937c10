"use server";
import { action } from "../access";
import * as insights from "./index";
import { limitsInput } from "./schema";

/** The owner's limits between scores. */
export const saveLimits = action(limitsInput, (ctx, { limits }) => insights.setLimits(ctx, limits));
