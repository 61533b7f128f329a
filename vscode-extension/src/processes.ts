/** Running programs: lines out, an exit status, and an end when the author cancels. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Ran {
  /** The exit status; null if the program could not be started or was ended. */
  status: number | null;
  output: string[];
  /** Why the program could not be started. */
  problem?: string;
}

export interface RunOptions {
  cwd?: string;
  signal?: AbortSignal;
  timeout?: number;
  onLine?: (line: string) => void;
}

export type Run = (command: string, args: readonly string[], options?: RunOptions) => Promise<Ran>;

/** Runs a program without a shell and collects the lines of both its outputs. */
export const run: Run = (command, args, options = {}) =>
  new Promise((resolve) => {
    const output: string[] = [];
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        output.push(line);
        options.onLine?.(line);
      });
    }
    child.once("error", (error) => resolve({ status: null, output, problem: error.message }));
    child.once("close", (status) => resolve({ status, output }));
  });
