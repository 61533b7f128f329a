/** Where things stand with the server, and what the status item says of it. */
import type { Status } from "./protocol";

export type Phase = "off" | "looking" | "missing" | "starting" | "running" | "failed";

/** What is known of the server at a moment. */
export interface Standing {
  phase: Phase;
  status: Status;
}

export const MOST_FALLS = 4;
const WITHIN = 3 * 60_000;

/** Decides by the times of the latest falls whether a server that fell is started again. */
export class Falls {
  private times: number[] = [];

  /** Notes a fall; false when there were too many in a short while. */
  mayRestart(now: number): boolean {
    this.times = [...this.times.filter((time) => now - time < WITHIN), now];
    return this.times.length <= MOST_FALLS;
  }
}

export interface Shown {
  text: string;
  tooltip: string;
  command: string;
  alert: boolean;
}

/** What the status item says. */
export function shown({ phase, status }: Standing): Shown {
  const questions = status.questions === 1 ? "1 question" : `${status.questions} questions`;
  switch (phase) {
    case "off":
      return { text: "$(circle-slash) Clarifier", tooltip: "Clarifier is switched off.", command: "clarifier.restart", alert: false };
    case "looking":
    case "starting":
      return { text: "$(sync~spin) Clarifier", tooltip: "The server is being started.", command: "clarifier.showOutput", alert: false };
    case "missing":
      return { text: "$(cloud-download) Clarifier: install", tooltip: "The server is not installed. Choose this to install it.", command: "clarifier.install", alert: true };
    case "failed":
      return { text: "$(error) Clarifier", tooltip: "The server has ended. Choose this to start it again.", command: "clarifier.restart", alert: true };
    case "running":
      if (status.indexing) return { text: "$(sync~spin) Clarifier: reading", tooltip: "The specifications are being read.", command: "clarifier.showQuestions", alert: false };
      if (status.model === "loading") return { text: `$(sync~spin) ${questions}`, tooltip: `${questions} so far; the language data is being loaded.`, command: "clarifier.showQuestions", alert: false };
      if (status.model === "missing") {
        return { text: `$(warning) ${questions}`, tooltip: `${questions}. The language data is missing, so that only structure is checked. Choose this to install it.`, command: "clarifier.install", alert: false };
      }
      return { text: `$(question) ${questions}`, tooltip: `${questions} open in the specifications. Choose this to see them.`, command: "clarifier.showQuestions", alert: false };
  }
}
