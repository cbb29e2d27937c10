export { newImport } from "./import/schema";
