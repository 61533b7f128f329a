/** The status item: what the server does and how many questions are open. */
import * as vscode from "vscode";
import { shown, type Standing } from "./standing";

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
