// Loaded before every script: TypeScript and "@/..." paths (tsx), and "server-only" as the empty module that
// it is on a server, since a script is one.
import { registerHooks } from "node:module";
import "tsx";

const empty = new URL("../../node_modules/server-only/empty.js", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "server-only" ? { url: empty, shortCircuit: true } : next(specifier, context),
});
