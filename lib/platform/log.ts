import "server-only";

type Fields = Readonly<Record<string, string | number | bigint | boolean | null | undefined>>;

/** Writes one JSON line to standard error. Fields are plain and never secret or personal: ids, codes, counts. */
function write(level: "info" | "warn" | "error", event: string, fields: Fields) {
  const line = { at: new Date().toISOString(), level, event, ...fields };
  process.stderr.write(
    `${JSON.stringify(line, (_key, value) => (typeof value === "bigint" ? value.toString() : value))}\n`,
  );
}

/** What the machine room reads: one JSON object a line. */
export const log = {
  info: (event: string, fields: Fields = {}) => write("info", event, fields),
  warn: (event: string, fields: Fields = {}) => write("warn", event, fields),
  /** Logs a failure with its stack, which stays here and never reaches a client. */
  error: (event: string, error: unknown, fields: Fields = {}) =>
    write("error", event, {
      ...fields,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
};
