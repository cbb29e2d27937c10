import { sayIn } from "@/components/program/say";
import { route } from "@/lib/access";
import { nativeQuote, quoteForm } from "@/lib/pos";

/** What a bill would cost and earn; writes nothing. */
export const POST = route(quoteForm, async (ctx, form) =>
  nativeQuote(ctx, form, await sayIn(ctx, form.lang)),
);
