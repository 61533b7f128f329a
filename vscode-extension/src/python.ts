/** Finding a Python that can run the server. Knows nothing of the editor. */
import * as path from "node:path";
import type { Run } from "./processes";

export const OLDEST = [3, 11] as const;

/** A Python that was asked about itself. */
export interface Python {
  executable: string;
  version: string;
  /** The version of the server it has, null if it has none. */
  server: string | null;
}

export interface Probe {
  asked: string;
  python?: Python;
  /** Why this Python cannot be used, in words for the author. */
  problem?: string;
}

// -P keeps the current folder off the path: a file `clarifier.py` lying about must not be imported.
const QUESTION = [
  "import json, sys",
  "from importlib import metadata",
  "def server():",
  "    try: return metadata.version('clarifier')",
  "    except metadata.PackageNotFoundError: pass",
  "    from importlib.util import find_spec",
  "    return 'unreleased' if find_spec('clarifier') and find_spec('clarifier.adapters') else None",
  "print(json.dumps({'executable': sys.executable, 'version': sys.version.split()[0], 'server': server()}))",
].join("\n");

/** The Python of an environment folder. */
export function pythonIn(environment: string, platform: string = process.platform): string {
  return platform === "win32" ? path.win32.join(environment, "Scripts", "python.exe") : path.posix.join(environment, "bin", "python");
}

/** The names under which a Python may stand on the PATH. */
export function namesOnPath(platform: string = process.platform): string[][] {
  return platform === "win32" ? [["py", "-3"], ["python"]] : [["python3"], ["python3.13"], ["python3.12"], ["python3.11"], ["python"]];
}

/** Whether a version such as “3.12.1” is new enough. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** Asks one Python what it is and whether it has the server. */
export async function probe(run: Run, command: readonly string[], cwd?: string): Promise<Probe> {
  const [program = "", ...first] = command;
  const asked = command.join(" ");
  const options = { timeout: 20_000, ...(cwd === undefined ? {} : { cwd }) };
  let ran = await run(program, [...first, "-P", "-c", QUESTION], options);
  if (ran.status !== 0 && ran.output.some((line) => line.includes("-P"))) {
    ran = await run(program, [...first, "-I", "-c", QUESTION], options);
  }
  if (ran.problem !== undefined) return { asked, problem: `“${asked}” cannot be run: ${ran.problem}.` };
  const answer = ran.output.find((line) => line.startsWith("{"));
  if (ran.status !== 0 || answer === undefined) return { asked, problem: `“${asked}” is not a Python that works.` };
  let python: Python;
  try {
    python = JSON.parse(answer) as Python;
  } catch {
    return { asked, problem: `“${asked}” is not a Python that works.` };
  }
  if (!isNewEnough(python.version)) {
    return { asked, problem: `“${asked}” is Python ${python.version}; Clarifier needs ${OLDEST.join(".")} or newer.` };
  }
  return { asked, python };
}

export interface Found {
  /** The first Python that has the server. */
  ready?: Python;
  /** The first Python that is new enough to install the server with. */
  able?: Python;
  /** What was looked at and could not be used. */
  problems: string[];
}

/** Asks the candidates in turn until one has the server. */
export async function find(run: Run, candidates: readonly (readonly string[])[], cwd?: string): Promise<Found> {
  const found: Found = { problems: [] };
  const seen = new Set<string>();
  for (const command of candidates) {
    if (seen.has(command.join(" "))) continue;
    seen.add(command.join(" "));
    const { python, problem } = await probe(run, command, cwd);
    if (python === undefined) {
      if (problem !== undefined) found.problems.push(problem);
      continue;
    }
    found.able ??= python;
    if (python.server !== null) return { ...found, ready: python };
    found.problems.push(`${python.executable} (Python ${python.version}) does not have the server.`);
  }
  return found;
}
