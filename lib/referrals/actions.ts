"use server";
import { action } from "../access";
import { decideReview, friendsOf } from "./index";
import * as schema from "./schema";

/** Accepts or turns down an invitation under review. */
export const decideReferral = action(schema.decision, async (ctx, input) => decideReview(ctx, input));

/** The next friends of somebody in the tree. */
export const moreFriends = action(schema.branchQuery, async (ctx, input) => friendsOf(ctx, input));
