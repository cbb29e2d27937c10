import { route } from "@/lib/access";
import { preview } from "@/lib/segments";
import { previewInput } from "@/lib/segments/schema";

/** How many a rule holds for, asked while it is built: a route, because a question must be called off when the next comes. */
export const POST = route(previewInput, (ctx, { rule }, { signal }) => preview(ctx, rule, signal));
