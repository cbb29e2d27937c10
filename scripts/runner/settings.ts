/** What the person at the keyboard may set for `npm start`, checked before anything is begun. */
import { portTrouble } from "./free-port";
import { Problem } from "./problem";

export type Settings = { port: number; host: string; baseUrl: string };

/** Reads PORT, HOST and KOLO_BASE_URL. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Problem(`PORT is "${env.PORT}": give a number from 1 to 65535.`);
  const host = env.HOST || "127.0.0.1";
  const given = env.KOLO_BASE_URL;
  if (given && !/^https?:\/\/[^/]/.test(given))
    throw new Problem(
      `KOLO_BASE_URL is "${given}": give the whole address people open, such as https://kolo.example.org.`,
    );
  return { port, host, baseUrl: (given || `http://localhost:${port}`).replace(/\/+$/, "") };
}

/** Refuses a port that cannot be served on. */
export async function checkPort({ port, host }: Settings): Promise<void> {
  const trouble = await portTrouble(port, host);
  if (trouble === undefined) return;
  if (trouble === "EADDRINUSE")
    throw new Problem(
      `Port ${port} is taken by another program: stop that one, or choose another port: PORT=${port + 1} npm start`,
    );
  if (trouble === "EACCES")
    throw new Problem(
      `Port ${port} is reserved for the system: choose one above 1023 with PORT, and let a proxy in front serve ${port}.`,
    );
  throw new Problem(
    `This machine cannot serve on ${host} (${trouble}): set HOST to one of its own addresses, or leave HOST out.`,
  );
}
