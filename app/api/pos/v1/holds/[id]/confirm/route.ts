import { z } from "zod";
import { route } from "@/lib/access";
import { id } from "@/lib/access/schema";
import { holdJson } from "@/lib/pos/model";
import { confirmHold } from "@/lib/program";

/** Makes a hold a use; with `operationId` the refund of that purchase undoes it. Repeated, it is the same use. */
export const POST = route(
  z.object({ id, operationId: id.nullable().default(null) }),
  async (ctx, { id: holdId, operationId }) => holdJson(await confirmHold(ctx, holdId, operationId)),
);
