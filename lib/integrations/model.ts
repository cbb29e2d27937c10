export { csvLine, ENCODINGS, SEPARATORS } from "./import/csv/model";
export * from "./import/model";
export { columnsBy, dayOrderOf, presetsFor } from "./import/presets/model";
