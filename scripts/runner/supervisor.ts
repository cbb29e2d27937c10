/** Keeps a program running: started again when it dies, ended when asked. */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./data-folder";
import { LogFile } from "./log-file";
import { pause } from "./processes";

export type Program = {
  name: string;
  /** Arguments for Node. */
  args: string[];
  env: NodeJS.ProcessEnv;
  log: string;
  /** Where its process id is kept, for operators who look for it. */
  pidFile: string;
  /** How long it may take to end by itself. */
  patienceMs: number;
};

const WAIT_FIRST_MS = 500;
const WAIT_MAX_MS = 30_000;
/** Having run this long, a program that dies did not fail to start. */
const SETTLED_MS = 60_000;
const SAID_MAX = 4000;

export class Supervised {
  /** The end of what it said, for the sentence when it does not come up. */
  said = "";
  /** How often it died on its own. */
  deaths = 0;
  /** Whether its lines are shown on the console as well as in the log. */
  shown = false;
  readonly #program: () => Program;
  readonly #log: LogFile;
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #stopping = false;

  /** `program` is asked again at every start, so that a moved database is found. */
  constructor(program: () => Program) {
    this.#program = program;
    this.#log = new LogFile(program().log);
  }

  get name(): string {
    return this.#program().name;
  }

  start(): void {
    const { args, env, pidFile } = this.#program();
    const leave = pathToFileURL(path.join(root, "scripts/runner/leave-with-parent.mjs")).href;
    const child = spawn(process.execPath, ["--import", leave, ...args], {
      cwd: root,
      env: { ...env, KOLO_SUPERVISOR: String(process.pid) },
      // A group of its own: Ctrl-C reaches only us, and we end things in order.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const since = Date.now();
    this.#child = child;
    writeFileSync(pidFile, `${child.pid}\n`);
    child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#hear(text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#hear(text));
    this.#ended = new Promise((resolve) => {
      child.once("error", (error) => this.#hear(`${error.message}\n`));
      child.once("exit", (code, signal) => {
        resolve();
        void this.#again(since, signal ?? `code ${code}`);
      });
    });
  }

  async #again(since: number, how: string) {
    this.#signal("SIGKILL"); // whatever it left behind in its group
    if (this.#stopping) return;
    this.deaths = Date.now() - since > SETTLED_MS ? 1 : this.deaths + 1;
    const wait = Math.min(WAIT_FIRST_MS * 2 ** (this.deaths - 1), WAIT_MAX_MS);
    this.#hear(`ended (${how}); starting again in ${wait / 1000} s\n`);
    await pause(wait);
    if (!this.#stopping) this.start();
  }

  /** Asks it to end and waits, not longer than its patience. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#signal("SIGTERM");
    const impatience = setTimeout(() => this.#signal("SIGKILL"), this.#program().patienceMs);
    await this.#ended;
    clearTimeout(impatience);
  }

  /** Has it started again, with what it is started with now. */
  restart(): void {
    this.#signal("SIGTERM");
  }

  /** Ends it at once. */
  kill(): void {
    this.#stopping = true;
    this.#signal("SIGKILL");
  }

  #signal(signal: NodeJS.Signals) {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // The group is gone already.
    }
  }

  #hear(text: string) {
    this.#log.write(text);
    this.said = (this.said + text).slice(-SAID_MAX);
    if (!this.shown) return;
    const label = `${this.name.padEnd(7)}| `;
    console.log(text.trimEnd().replaceAll(/^/gm, label));
  }
}
