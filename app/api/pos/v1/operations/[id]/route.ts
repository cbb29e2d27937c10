import { sayIn } from "@/components/program/say";
import { route } from "@/lib/access";
import { nativeOperation, oneForm } from "@/lib/pos";

/** One purchase or refund with its explanation. */
export const GET = route(oneForm, async (ctx, { id, lang }) =>
  nativeOperation(ctx, id, await sayIn(ctx, lang)),
);
