/** The first time: shows a newcomer one question worth answering, once. */
import * as path from "node:path";
import * as vscode from "vscode";
import type { QuestionsView } from "./questions";
import type { Server } from "./server";

const WELCOMED = "welcomed";
const SHOW = "Show the Questions";

/** Waits for the first specification with questions and says what was found. */
export function welcome(context: vscode.ExtensionContext, server: Server, questions: QuestionsView): vscode.Disposable {
  let busy = context.globalState.get(WELCOMED, false);
  const look = async (): Promise<void> => {
    const { phase, status } = server.now;
    const document = vscode.window.activeTextEditor?.document;
    if (busy || phase !== "running" || status.indexing || status.model === "loading" || document?.languageId !== "markdown") return;
    busy = true;
    const open = await questions.of(document.uri);
    const [first] = open;
    if (first === undefined) {
      busy = false;
      return;
    }
    await context.globalState.update(WELCOMED, true);
    const count = open.length === 1 ? "one question" : `${open.length} questions`;
    if (questions.visible) return;
    const weightiest = [first.message, first.question].filter((part) => part !== null).join(" ");
    const message = `Clarifier has ${count} about ${path.basename(document.uri.path)}. The weightiest: ${weightiest}`;
    const chosen = await vscode.window.showInformationMessage(message, SHOW, "Later");
    if (chosen === SHOW) await questions.reveal(first);
  };
  return vscode.Disposable.from(server.onDidChange(() => void look()), vscode.window.onDidChangeActiveTextEditor(() => void look()));
}
