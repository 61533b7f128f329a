/** The interview as a value: which questions there are, which one is open, and which comes next. */
import type { Answer, Question, Reading } from "./protocol";

/** What names a question: a fingerprint alone is unique only within its file. */
export function keyOf({ uri, fingerprint }: { uri: string; fingerprint: string }): string {
  return `${fingerprint} ${uri}`;
}

/** The question to open after one was answered: the next in the list that is still there, else the first that is. */
export function nextAfter(key: string, before: readonly Question[], now: readonly Question[]): string | undefined {
  const left = new Set(now.map(keyOf));
  const at = before.findIndex((question) => keyOf(question) === key);
  const later = before.slice(at + 1).map(keyOf).find((other) => left.has(other));
  const first = now[0];
  return later ?? (first === undefined ? undefined : keyOf(first));
}

/** What the page shows; it is sent whole. */
export interface PageState {
  /** Where things stand when there is no list: what to say and what can be done. */
  notice: { text: string; action?: { title: string; command: string } } | null;
  title: string;
  questions: PageQuestion[];
  /** The question to open when `turn` is new; at other times the page knows better what the author has open. */
  chosen: string | null;
  turn: number;
  /** Whether the keyboard shall move to the chosen question. */
  focus: boolean;
  answered: number;
  /** Whether there may be more when all is read. */
  reading: boolean;
  /** What to read out to somebody who does not see the list change. */
  said: string;
}

export interface PageQuestion {
  key: string;
  question: string;
  group: string;
  rule: string;
  place: string;
  sentence: string;
  /** What was found, in a sentence; the question alone does not always say it. */
  message: string;
  /** The words at issue, where their file is open; empty if not known. */
  words: string;
  why: string;
  readings: Reading[];
}

/** A question as the page shows it; `file` is its file's name where the list spans several. */
export function forPage(question: Question, words: string, file: string | undefined): PageQuestion {
  const line = `line ${question.range.start.line + 1}`;
  const clause = question.clause === null || question.clause === "" ? undefined : question.clause;
  const asked = question.question ?? question.message;
  const quoted = words === "" || words.length > 40 || asked.includes(words) ? undefined : `“${words}”`;
  return {
    key: keyOf(question),
    question: asked,
    group: question.group,
    rule: question.rule,
    place: [quoted, file, clause, line].filter((part) => part !== undefined).join(" · "),
    sentence: question.sentence ?? "",
    words,
    message: question.message === asked ? "" : question.message,
    why: question.why ?? "",
    readings: question.readings,
  };
}

/** What the page says to the extension. */
export type FromPage =
  | { type: "ready" }
  | { type: "choose"; key: string | null }
  | { type: "reveal"; key: string }
  | { type: "answer"; key: string; answer: Answer }
  | { type: "command"; command: string };
