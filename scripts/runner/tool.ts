/** Runs a program to its end and keeps what it says; on failure throws what it said. */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { root } from "./data-folder";
import { diskFull } from "./problem";

type Options = { env?: NodeJS.ProcessEnv; onLine?: (line: string) => void };

/** A program of node_modules that is a JavaScript file, under this very Node. */
export const packaged = (file: string) => path.join(root, "node_modules", file);

export class ToolFailed extends Error {}

/** Runs Node with these arguments. Resolves with everything said. */
export function runNode(
  args: readonly string[],
  { env = process.env, onLine }: Options = {},
): Promise<string> {
  return runTool(process.execPath, args, { env, ...(onLine ? { onLine } : {}) });
}

// Into a file or a pipe go words, not colours.
const plain = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };

// A program we run for its result is of no use once we are gone.
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill();
});

/** Runs any program. Resolves with everything said. */
export function runTool(
  command: string,
  args: readonly string[],
  { env = process.env, onLine }: Options = {},
) {
  return new Promise<string>((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...plain, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        said += chunk;
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) onLine?.(line);
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      running.delete(child);
      if (code === 0) resolve(said);
      else reject(diskFull(said) ?? new ToolFailed(said.trim() || `${command} ended with ${code}`));
    });
  });
}
