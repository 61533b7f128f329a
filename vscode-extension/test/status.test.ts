import { describe, expect, it } from "vitest";
import { Falls, shown } from "../src/standing";

const status = { indexing: false, questions: 3, model: "ready" } as const;

describe("the status item", () => {
  it.each([
    [{ phase: "running", status }, "$(question) 3 questions", "clarifier.showQuestions"],
    [{ phase: "running", status: { ...status, questions: 1 } }, "$(question) 1 question", "clarifier.showQuestions"],
    [{ phase: "running", status: { ...status, indexing: true } }, "$(sync~spin) Clarifier: reading", "clarifier.showQuestions"],
    [{ phase: "running", status: { ...status, model: "loading" } }, "$(sync~spin) 3 questions", "clarifier.showQuestions"],
    [{ phase: "running", status: { ...status, model: "missing" } }, "$(warning) 3 questions", "clarifier.install"],
    [{ phase: "missing", status }, "$(cloud-download) Clarifier: install", "clarifier.install"],
    [{ phase: "failed", status }, "$(error) Clarifier", "clarifier.restart"],
    [{ phase: "starting", status }, "$(sync~spin) Clarifier", "clarifier.showOutput"],
  ] as const)("%o", (standing, text, command) => {
    expect(shown(standing)).toMatchObject({ text, command });
  });
});

describe("a server that falls", () => {
  it("is started again four times in three minutes, and again later", () => {
    const falls = new Falls();
    expect([0, 1, 2, 3, 4].map((minute) => falls.mayRestart(minute * 1_000))).toEqual([true, true, true, true, false]);
    expect(falls.mayRestart(10 * 60_000)).toBe(true);
  });
});
