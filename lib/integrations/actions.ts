"use server";
import { action } from "../access";
import { mappingInput, newImport, oneImport, undoInput } from "./import/schema";
import * as integrations from "./index";

/** Begins an import; its file follows in pieces. */
export const beginImport = action(newImport, async (ctx, input) =>
  String(await integrations.beginImport(ctx, input)),
);

/** Says that all pieces of the file have come. */
export const completeFile = action(oneImport, (ctx, { importId }) =>
  integrations.completeFile(ctx, importId),
);

/** Has the file read by these columns. */
export const checkImport = action(mappingInput, (ctx, { importId, mapping }) =>
  integrations.checkImport(ctx, importId, mapping),
);

/** Brings the good rows in. */
export const postImport = action(oneImport, (ctx, { importId }) => integrations.postImport(ctx, importId));

/** Stops what is under way. */
export const stopImport = action(oneImport, (ctx, { importId }) => integrations.stopImport(ctx, importId));

/** Takes everything back, or, where some of it cannot be, the rest. */
export const undoImport = action(undoInput, (ctx, { importId, leaves }) =>
  integrations.undoImport(ctx, importId, leaves),
);

/** Forgets an import that brought nothing. */
export const dropImport = action(oneImport, (ctx, { importId }) => integrations.dropImport(ctx, importId));
