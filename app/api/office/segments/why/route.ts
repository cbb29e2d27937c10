import { route } from "@/lib/access";
import { why } from "@/lib/segments";
import { whyInput } from "@/lib/segments/schema";

/** Why a rule as it is built holds for somebody or not, node by node. */
export const POST = route(whyInput, (ctx, { rule, memberId }) => why(ctx, rule, memberId));
