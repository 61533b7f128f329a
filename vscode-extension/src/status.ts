/** The status item: what the server does and how many questions are open. */
import * as vscode from "vscode";
import type { Standing } from "./server";

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

/** The status item in the editor; it is there while a Markdown file is, or something needs doing. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("clarifier.status", vscode.StatusBarAlignment.Right, 100);

  constructor() {
    this.item.name = "Clarifier";
  }

  /** Shows where things stand. */
  show(standing: Standing): void {
    const { text, tooltip, command, alert } = shown(standing);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.command = command;
    this.item.backgroundColor = alert ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.item.accessibilityInformation = { label: `Clarifier: ${tooltip}`, role: "button" };
    const markdown = vscode.window.visibleTextEditors.some((editor) => editor.document.languageId === "markdown");
    if (markdown || standing.phase === "running") this.item.show();
    else this.item.hide();
  }

  dispose(): void {
    this.item.dispose();
  }
}
