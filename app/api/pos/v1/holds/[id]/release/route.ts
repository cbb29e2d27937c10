import { route } from "@/lib/access";
import { one } from "@/lib/access/schema";
import { holdJson } from "@/lib/pos/model";
import { releaseHold } from "@/lib/program";

/** Lets a hold go; one that ended by itself stays so. */
export const POST = route(one, async (ctx, { id }) => holdJson(await releaseHold(ctx, id)));
