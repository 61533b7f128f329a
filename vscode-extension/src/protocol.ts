/** What the server and the extension say to each other beyond the standard protocol. */
import type { Range } from "vscode-languageclient";

/** The server's commands, sent by `workspace/executeCommand`. */
export const Command = {
  ask: "clarifier.ask",
  nextQuestion: "clarifier.nextQuestion",
  questions: "clarifier.questions",
  answer: "clarifier.answer",
  createPrompts: "clarifier.createPrompts",
  openPrompts: "clarifier.openPrompts",
  assignIds: "clarifier.assignIds",
  runPrompts: "clarifier.runPrompts",
  graph: "clarifier.graph",
  report: "clarifier.report",
} as const;

/** One way to read a sentence, and the text that says it. */
export interface Reading {
  label: string;
  /** What takes the place of the words at issue; null where the reading changes another place, or nothing. */
  text: string | null;
}

/** An open question, as `clarifier.questions` lists it, weightiest first. */
export interface Question {
  uri: string;
  range: Range;
  rule: string;
  group: string;
  severity: string | number;
  message: string;
  question: string | null;
  readings: Reading[];
  clause: string | null;
  fingerprint: string;
  sentence: string | null;
  why: string | null;
  weight: number;
}

/** What an author says to a question. */
export type Answer =
  | { kind: "reading"; index: number }
  | { kind: "free"; text: string }
  | { kind: "open" }
  | { kind: "dismiss"; reason: string };

/** The notification `clarifier/status`. */
export interface Status {
  indexing: boolean;
  questions: number;
  model: "ready" | "loading" | "missing";
}

export const STATUS = "clarifier/status";
