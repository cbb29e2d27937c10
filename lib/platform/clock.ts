import "server-only";
import { randomUUID } from "node:crypto";

/** The moment a request came in: read once at the edge, handed down as `ctx.now`. */
export const currentTime = (): Date => new Date();

/** A number nobody had before, for tracing. */
export const freshUuid = (): string => randomUUID();

/** How long this process has run: for how long something read is believed, never for a moment in time. */
export const elapsedMs = (): number => performance.now();
