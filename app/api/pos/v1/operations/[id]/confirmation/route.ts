import { sayIn } from "@/components/program/say";
import { route } from "@/lib/access";
import { nativeConfirmation, oneForm } from "@/lib/pos";

/** The visit took place: points that waited for that begin. Repeated, it changes nothing. */
export const POST = route(oneForm, async (ctx, { id, lang }) =>
  nativeConfirmation(ctx, id, await sayIn(ctx, lang)),
);
