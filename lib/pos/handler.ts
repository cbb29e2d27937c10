import "server-only";
import type { Context } from "../access";

/** What a handler gets: who calls, and the request taken apart but not yet understood. */
export type Call = {
  readonly ctx: Context;
  /** The number in the path, where the path has one. */
  readonly id: bigint;
  readonly query: () => Readonly<Record<string, string>>;
  readonly body: unknown;
};

export type Handler = (call: Call) => Promise<{ readonly status?: number; readonly body: object }>;
