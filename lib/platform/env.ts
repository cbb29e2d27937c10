import "server-only";
import { z } from "zod";

const schema = z.object({
  DATABASE_URL: z.string().min(1).optional(),
  DATABASE_APP_URL: z.string().min(1),
  KOLO_SECRET: z.string().min(16),
  KOLO_BASE_URL: z.url().optional(),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  SMTP_URL: z.string().min(1).optional(),
  RESEND_API_KEY: z.string().min(1).optional(),
  RESEND_BASE_URL: z.url().optional(),
  MAIL_FROM: z.string().min(1).default("Kolo <no-reply@localhost>"),
  // How many proxies of ours stand in front: with none, anybody could write any address into x-forwarded-for.
  KOLO_TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  // Whether calls to addresses people type in may reach private ones, such as an SMS gateway in the back room.
  KOLO_ALLOW_PRIVATE: z.enum(["0", "1"]).default("0"),
  RESEND_WEBHOOK_SECRET: z.string().min(1).optional(),
  KOLO_DATA: z.string().min(1).default(".kolo"),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  NODE_ENV: z.string().default("development"),
});

export type Env = z.output<typeof schema>;
let parsed: Env | undefined;

/**
 * The installation's settings, read once: the only place that reads the environment.
 *
 * Refuses: nothing; a missing or malformed setting ends the process with its name (never its value).
 */
export function env(): Env {
  if (parsed) return parsed;
  const blanksDropped = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const result = schema.safeParse(blanksDropped);
  if (!result.success) {
    const names = [...new Set(result.error.issues.map((issue) => issue.path.join(".")))].join(", ");
    throw new Error(
      `Settings missing or malformed: ${names}. \`npm start\` sets them; see README, "For real".`,
    );
  }
  parsed = result.data;
  return parsed;
}

/** Where people reach this installation, without a trailing slash. */
export function baseUrl(): string {
  return (env().KOLO_BASE_URL ?? `http://localhost:${env().PORT}`).replace(/\/+$/, "");
}
