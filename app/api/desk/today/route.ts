import { z } from "zod";
import { route } from "@/lib/access";
import { deskToday } from "@/lib/sales";

/** Today's purchases and refunds of this desk. */
export const GET = route(z.object({}), (ctx) => deskToday(ctx));
