/** Making the extension's own environment and installing the server into it. Knows nothing of the editor. */
import { rm } from "node:fs/promises";
import { probe, pythonIn, type Python } from "./python";
import type { Ran, Run } from "./processes";

export interface Plan {
  /** The Python that makes the environment. */
  python: string;
  /** The folder of the environment; it is the extension's alone. */
  environment: string;
  /** What pip installs. */
  requirement: string;
}

export interface Reporter {
  step(message: string): void;
  line(text: string): void;
}

/** The server could not be installed; the message says why and what to do. */
export class InstallationFailed extends Error {}

/** Makes the environment anew and installs the server. Throws InstallationFailed. */
export async function install(run: Run, plan: Plan, report: Reporter, signal?: AbortSignal): Promise<Python> {
  const options = { onLine: (line: string) => { report.line(line); const step = stepOf(line); if (step !== undefined) report.step(step); }, ...(signal === undefined ? {} : { signal }) };
  report.step("making an environment");
  await rm(plan.environment, { recursive: true, force: true });
  const made = await run(plan.python, ["-m", "venv", plan.environment], options);
  if (made.status !== 0) throw new InstallationFailed(signal?.aborted ? "The installation was cancelled." : whyNoEnvironment(made, plan));
  const own = pythonIn(plan.environment);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off", plan.requirement];
  const installed = await run(own, pip, options);
  if (signal?.aborted) throw new InstallationFailed("The installation was cancelled.");
  if (installed.status !== 0) throw new InstallationFailed(whyNotInstalled(installed, plan));
  report.step("trying the server");
  const { python, problem } = await probe(run, [own], plan.environment);
  if (python?.server == null) throw new InstallationFailed(problem ?? "pip reported success, but the environment does not have the server.");
  return python;
}

/** What pip is doing, in words for a progress message. */
export function stepOf(line: string): string | undefined {
  const collecting = /^Collecting ([A-Za-z0-9_.-]+)/.exec(line);
  if (collecting?.[1] !== undefined) return `fetching ${collecting[1]}`;
  if (line.startsWith("Installing collected packages")) return "installing what was fetched";
  return undefined;
}

/** Why no environment could be made, and what to do. */
export function whyNoEnvironment(ran: Ran, plan: Plan): string {
  const said = ran.output.join("\n");
  if (ran.problem !== undefined) return `“${plan.python}” cannot be run: ${ran.problem}.`;
  if (/ensurepip|No module named venv/.test(said)) {
    return `“${plan.python}” cannot make environments because its venv module is not complete; on Debian and Ubuntu “sudo apt install python3-venv” adds it.`;
  }
  return `“${plan.python}” could not make an environment in “${plan.environment}”${last(ran)}`;
}

/** Why pip could not install the server, and what to do. */
export function whyNotInstalled(ran: Ran, plan: Plan): string {
  const said = ran.output.join("\n");
  if (/No space left/i.test(said)) return "The disk is full; the server and its language data need about 500 MB.";
  if (/NewConnectionError|Temporary failure in name resolution|ConnectTimeout|getaddrinfo|Network is unreachable|ProxyError/i.test(said)) {
    return "The package index cannot be reached; look at the network, or set pip's “index-url” or “proxy” for this machine.";
  }
  if (/CERTIFICATE_VERIFY_FAILED/.test(said)) return "The package index has a certificate that Python does not trust; set pip's “cert” for this machine.";
  if (/No matching distribution|Could not find a version/.test(said)) {
    const missing = /No matching distribution found for ([^\s(]+)/.exec(said)?.[1] ?? plan.requirement;
    return `The package index has no “${missing}” that fits this Python.`;
  }
  return `pip could not install “${plan.requirement}”${last(ran)}`;
}

function last(ran: Ran): string {
  const line = ran.output.filter((text) => text.trim() !== "").at(-1);
  return line === undefined ? "." : `: ${line.replace(/^ERROR:\s*/, "").trim().replace(/\.?$/, ".")}`;
}
