/** Stopping in order: what was started last stops first; a second Ctrl-C stops at once. */

type Part = { stop: () => Promise<void>; kill: () => void };

/** One key press may arrive twice, from the terminal and from npm. */
const SAME_PRESS_MS = 1000;

export class Shutdown {
  readonly #parts: Part[] = [];
  #since: number | undefined;

  /** Whether stopping has begun, so that things ending are no news. */
  get begun(): boolean {
    return this.#since !== undefined;
  }

  /** Something that runs from now on. */
  add(part: Part): void {
    this.#parts.unshift(part);
  }

  /** Stops on Ctrl-C, a polite kill, a closed terminal, or when the process that started us is gone. */
  listen(): void {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => void this.asked());
    process.on("disconnect", () => void this.asked());
  }

  async asked(): Promise<void> {
    if (this.#since === undefined) {
      console.log("\nStopping …");
      await this.run();
      console.log("Stopped.");
      process.exit(0);
    }
    if (Date.now() - this.#since < SAME_PRESS_MS) return;
    for (const part of this.#parts) part.kill();
    process.exit(1);
  }

  /** Stops everything added, newest first. */
  async run(): Promise<void> {
    this.#since = Date.now();
    for (const part of this.#parts) await part.stop();
  }
}
