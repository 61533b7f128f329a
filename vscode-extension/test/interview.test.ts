import { describe, expect, it } from "vitest";
import { forPage, keyOf, nextAfter } from "../src/interview";
import { offerAt, questionAt } from "../src/places";
import { embedded } from "../src/embedding";
import type { Question } from "../src/protocol";

const question = (fingerprint: string, line = 0, from = 0, to = 4): Question => ({
  uri: "file:///spec.md", fingerprint, rule: "vague-time", group: "ambiguity", severity: "warning", message: "“soon” gives no bound.", question: "Within what time?",
  readings: [], clause: "d001", sentence: "Forward soon.", why: null, weight: 1, range: { start: { line, character: from }, end: { line, character: to } },
});

describe("the next question", () => {
  const [a, b, c] = [question("a"), question("b"), question("c")];
  it("is the next in the list that is still there", () => {
    expect(nextAfter(keyOf(a), [a, b, c], [b, c])).toBe(keyOf(b));
    expect(nextAfter(keyOf(a), [a, b, c], [c])).toBe(keyOf(c));
  });
  it("is the first after the last was answered", () => {
    expect(nextAfter(keyOf(c), [a, b, c], [a, b])).toBe(keyOf(a));
  });
  it("is none when none is left", () => {
    expect(nextAfter(keyOf(a), [a], [])).toBeUndefined();
  });
});

describe("a question on the page", () => {
  it("names its place, and the words at issue where the question does not", () => {
    const shown = forPage(question("a", 4), "soon", undefined);
    expect(shown).toMatchObject({ place: "“soon” · d001 · line 5", message: "“soon” gives no bound.", words: "soon" });
    expect(forPage({ ...question("a", 4), question: "What is soon?" }, "soon", undefined).place).toBe("d001 · line 5");
    expect(forPage({ ...question("a"), clause: null }, "", "spec.md").place).toBe("spec.md · line 1");
  });
});

describe("the question at the cursor", () => {
  const [early, late] = [question("early", 3, 0, 5), question("late", 3, 20, 25)];
  it("covers it, or is the nearest on the line", () => {
    expect(questionAt([early, late], { line: 3, character: 22 })).toBe(late);
    expect(questionAt([late, early], { line: 3, character: 8 })).toBe(early);
    expect(questionAt([early, late], { line: 4, character: 0 })).toBeUndefined();
  });
});

describe("the offer of a line", () => {
  const offer = (line: number) => ({ range: { start: { line, character: 0 }, end: { line, character: 0 } }, command: "c", arguments: [line] });
  it("is the last that begins before it", () => {
    expect(offerAt([offer(9), offer(2), offer(5)], 7)?.arguments).toEqual([5]);
    expect(offerAt([offer(9)], 7)).toBeUndefined();
  });
});

it("JSON in a script element cannot end the element", () => {
  expect(embedded("</script><b>")).not.toContain("<");
});
