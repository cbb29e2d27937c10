import { createServer, type ListenOptions } from "node:net";

/** What the system answers when asked to listen: its error code, or nothing when it lets us. */
function listenError(options: ListenOptions): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve("code" in error ? String(error.code) : error.message));
    server.listen({ ...options, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Why nobody can serve on this port of this host, as the system's error code, or nothing when it is free. */
export async function portTrouble(port: number, host: string): Promise<string | undefined> {
  const here = await listenError({ port, host });
  if (here) return here;
  // Some systems let a program take one address beside another's "all addresses"; then the two get mixed up.
  for (const everywhere of ["0.0.0.0", "::"])
    if ((await listenError({ port, host: everywhere })) === "EADDRINUSE") return "EADDRINUSE";
  return undefined;
}

/** A port nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === "object" ? address.port : 0));
    });
  });
}
