import { describe, expect, it } from "vitest";
import { find, isNewEnough, namesOnPath, probe, pythonIn } from "../src/python";
import type { Ran, Run } from "../src/processes";

const answering = (python: object): Ran => ({ status: 0, output: [JSON.stringify(python)] });
const machine =
  (programs: Record<string, Ran>): Run =>
  async (command) =>
    programs[command] ?? { status: null, output: [], problem: "spawn ENOENT" };

describe("probe", () => {
  it("tells what a Python is", async () => {
    const python = { executable: "/usr/bin/python3", version: "3.12.1", server: "0.1.0" };
    expect(await probe(machine({ python3: answering(python) }), ["python3"])).toEqual({ asked: "python3", python });
  });
  it("says which Python is too old, and what is needed", async () => {
    const { problem } = await probe(machine({ python3: answering({ executable: "/x", version: "3.9.2", server: null }) }), ["python3"]);
    expect(problem).toBe("“python3” is Python 3.9.2; Clarifier needs 3.11 or newer.");
  });
  it("takes a Python that knows no -P for what it is: too old", async () => {
    const old: Run = async (_, args) => (args.includes("-P") ? { status: 2, output: ["Unknown option: -P"] } : answering({ executable: "/x", version: "3.8.0", server: null }));
    expect((await probe(old, ["python3"])).problem).toContain("3.8.0");
  });
  it("says of a program that it is no Python", async () => {
    expect((await probe(machine({ cat: { status: 1, output: ["cat: no such file"] } }), ["cat"])).problem).toContain("is not a Python that works");
    expect((await probe(machine({ cat: { status: 0, output: ["{nonsense"] } }), ["cat"])).problem).toContain("is not a Python that works");
  });
});

describe("find", () => {
  const with_ = answering({ executable: "/a", version: "3.12.0", server: "0.1.0" });
  const without = answering({ executable: "/b", version: "3.11.4", server: null });
  it("takes the first that has the server", async () => {
    const found = await find(machine({ b: without, a: with_ }), [["missing"], ["b"], ["a"]]);
    expect(found.ready?.executable).toBe("/a");
    expect(found.problems).toEqual(["“missing” cannot be run: spawn ENOENT.", "/b (Python 3.11.4) does not have the server."]);
  });
  it("remembers the first that is able to install it", async () => {
    const found = await find(machine({ b: without }), [["b"], ["b"]]);
    expect(found.ready).toBeUndefined();
    expect(found.able?.executable).toBe("/b");
    expect(found.problems).toHaveLength(1);
  });
});

describe("places", () => {
  it.each([["3.11.0", true], ["3.9.18", false], ["4.0.0", true], ["2.7.18", false], ["3.14.0rc1", true]])("%s is new enough: %s", (version, enough) => {
    expect(isNewEnough(version)).toBe(enough);
  });
  it("differ between platforms", () => {
    expect(pythonIn("/e", "linux")).toBe("/e/bin/python");
    expect(pythonIn("C:\\e", "win32")).toBe("C:\\e\\Scripts\\python.exe");
    expect(namesOnPath("win32")[0]).toEqual(["py", "-3"]);
    expect(namesOnPath("darwin")[0]).toEqual(["python3"]);
  });
});
