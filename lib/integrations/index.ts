import "server-only";

export { beginExport, exportRows, exportShape, exportWorkbook } from "./export/export";
export type { BadRow as FaultyRow } from "./import/rows/store";
/**
 * Integrations: what comes from other systems, and what goes to them.
 *
 * Owns imports. Always true: nothing of a file is in the books before the whole file was read; the same file twice changes nothing;
 * an import can be taken back as a whole.
 */
export {
  addPiece,
  beginImport,
  blockedBy,
  checkImport,
  completeFile,
  dropImport,
  faultyRows,
  findImport,
  firstFaults,
  IMPORT_JOB,
  listImports,
  postImport,
  runImport,
  stopImport,
  undoImport,
} from "./import/run";
export { exportPerson } from "./person/person";
