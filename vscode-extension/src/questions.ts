/** The view “Questions”: fetches the open questions, shows them, and passes the author's answers on. */
import * as path from "node:path";
import * as vscode from "vscode";
import { nonce } from "./embedding";
import { forPage, keyOf, nextAfter, type FromPage, type PageState } from "./interview";
import { Command, type Answer, type Question } from "./protocol";
import type { Server } from "./server";
import { settings } from "./settings";

const ALLOWED: readonly string[] = ["clarifier.install", "clarifier.restart", "clarifier.showOutput", "clarifier.chooseInterpreter", "workbench.action.files.openFile"];
const PAUSE = 150;

export class QuestionsView implements vscode.WebviewViewProvider, vscode.Disposable {
  private view: vscode.WebviewView | undefined;
  // What is sent to a page before its script runs is lost.
  private listening = false;
  private questions: Question[] = [];
  private document: vscode.Uri | undefined;
  private chosen: string | undefined;
  private turn = 0;
  // The weightiest question is not known before all is read; it is opened then.
  private firstIsDue = false;
  private focus = false;
  private answered = 0;
  private said = "";
  private timer: NodeJS.Timeout | undefined;
  private latest = 0;
  private readonly disposables: vscode.Disposable[] = [];

  constructor(
    private readonly extension: vscode.Uri,
    private readonly server: Server,
  ) {
    this.follow(vscode.window.activeTextEditor);
    this.disposables.push(
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.workspace.onDidCloseTextDocument(() => this.later()),
      vscode.languages.onDidChangeDiagnostics(() => this.later()),
      server.onDidChange(() => this.later()),
    );
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    this.listening = false;
    const local = [vscode.Uri.joinPath(this.extension, "out"), vscode.Uri.joinPath(this.extension, "media")];
    view.webview.options = { enableScripts: true, localResourceRoots: local };
    view.webview.onDidReceiveMessage((message: FromPage) => this.hear(message));
    view.onDidChangeVisibility(() => this.later());
    view.onDidDispose(() => (this.view = undefined));
    const at = (folder: string, name: string): string => view.webview.asWebviewUri(vscode.Uri.joinPath(this.extension, folder, name)).toString();
    const once = nonce();
    view.webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${view.webview.cspSource}; script-src 'nonce-${once}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${at("media", "questions.css")}">
<title>Questions</title>
</head>
<body>
<main id="main"></main>
<p id="said" class="unseen" role="status" aria-live="polite"></p>
<script nonce="${once}" src="${at("out", "questions.js")}"></script>
</body>
</html>`;
  }

  /** Shows the view and opens the weightiest question in it, or the given one. */
  async reveal(question?: { uri: string; fingerprint: string }): Promise<void> {
    if (question !== undefined) this.chosen = keyOf(question);
    this.focus = true;
    await vscode.commands.executeCommand("clarifier.questions.focus");
    if (this.listening) await this.refresh(true);
  }

  /** The open questions of a document, weightiest first. */
  async of(uri: vscode.Uri | undefined): Promise<Question[]> {
    return (await this.server.ask<Question[] | null>(Command.questions, uri === undefined ? null : uri.toString())) ?? [];
  }

  /** Whether the view can be seen. */
  get visible(): boolean {
    return this.view?.visible === true;
  }

  private get reading(): boolean {
    const { phase, status } = this.server.now;
    return phase !== "running" || status.indexing || status.model === "loading";
  }

  /** Fetches the questions anew and shows them. */
  async refresh(openFirst = false): Promise<void> {
    const mine = ++this.latest;
    const fetched = this.server.now.phase === "running" ? await this.of(this.document) : [];
    if (mine !== this.latest) return;
    this.questions = fetched;
    this.firstIsDue ||= openFirst;
    if (this.firstIsDue && (!this.reading || fetched.some((question) => keyOf(question) === this.chosen))) {
      this.firstIsDue = false;
      this.focus = true;
      this.turn += 1;
      if (!fetched.some((question) => keyOf(question) === this.chosen)) this.chosen = fetched[0] === undefined ? undefined : keyOf(fetched[0]);
    }
    void vscode.commands.executeCommand("setContext", "clarifier.hasQuestions", fetched.length > 0);
    this.post();
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    if (editor === undefined || editor.document.languageId !== "markdown") return;
    if (editor.document.uri.toString() === this.document?.toString()) return;
    this.document = editor.document.uri;
    this.chosen = undefined;
    this.turn += 1;
    this.answered = 0;
    this.later();
  }

  /** Several reasons to look again come at once, and the server may be busy: look once, a little later. */
  private later(): void {
    if (this.view?.visible !== true) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), PAUSE);
  }

  private async hear(message: FromPage): Promise<void> {
    if (message.type === "ready") {
      this.listening = true;
      await this.refresh(this.focus);
    } else if (message.type === "command" && ALLOWED.includes(message.command)) await vscode.commands.executeCommand(message.command);
    else if (message.type === "choose") {
      this.chosen = message.key ?? undefined;
      this.firstIsDue = false;
      this.focus = false;
      if (message.key !== null && settings().revealOnChoice) await this.show(message.key, true);
    } else if (message.type === "reveal") await this.show(message.key, false);
    else if (message.type === "answer") await this.answer(message.key, message.answer);
  }

  /** Shows where a question arises. */
  private async show(key: string, preserveFocus: boolean): Promise<void> {
    const question = this.questions.find((other) => keyOf(other) === key);
    if (question === undefined) return;
    const selection = this.server.rangeOf(question.range);
    const editor = await vscode.window.showTextDocument(vscode.Uri.parse(question.uri), { preserveFocus, preview: true, selection });
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  private async answer(key: string, answer: Answer): Promise<void> {
    const question = this.questions.find((other) => keyOf(other) === key);
    if (question === undefined) return;
    const done = await this.server.ask<boolean>(Command.answer, question.uri, question.fingerprint, answer);
    const before = this.questions;
    if (done === true) {
      this.answered += 1;
      void vscode.commands.executeCommand("setContext", "clarifier.answered", true);
    } else {
      this.said = "The answer could not be taken: the text has changed since.";
      void vscode.window.showWarningMessage("The answer could not be taken, because the text has changed since the question was asked. Please look at it again.");
    }
    const now = (await this.of(this.document)).filter((other) => done !== true || keyOf(other) !== key);
    this.latest += 1;
    this.questions = now;
    this.chosen = done === true ? nextAfter(key, before, now) : key;
    this.turn += 1;
    this.focus = true;
    if (done === true) this.said = now.length === 0 ? "Answered. No question is left." : `Answered. ${now.length} left.`;
    this.post();
    if (this.chosen !== undefined && settings().revealOnChoice) await this.show(this.chosen, true);
  }

  private post(): void {
    if (this.view === undefined || !this.listening) return;
    const { phase, status } = this.server.now;
    const name = this.document === undefined ? undefined : path.basename(this.document.path);
    const state: PageState = {
      notice: this.notice(name),
      title: name ?? "the workspace",
      questions: this.questions.map((question) => forPage(question, this.words(question), this.document === undefined ? path.basename(vscode.Uri.parse(question.uri).path) : undefined)),
      chosen: this.chosen ?? null,
      turn: this.turn,
      focus: this.focus,
      answered: this.answered,
      reading: this.reading,
      said: this.said,
    };
    this.focus = false;
    this.said = "";
    this.view.badge = phase === "running" && status.questions > 0 ? { value: status.questions, tooltip: `${status.questions} open questions` } : undefined;
    void this.view.webview.postMessage(state);
  }

  /** The words at issue, read off the editor's own text; a file is not opened for it. */
  private words({ uri, range }: Question): string {
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === vscode.Uri.parse(uri).toString());
    return document?.getText(this.server.rangeOf(range)) ?? "";
  }

  private notice(name: string | undefined): PageState["notice"] {
    const { phase, status } = this.server.now;
    if (phase === "missing") return { text: "The server is not installed yet.", action: { title: "Install the Server", command: "clarifier.install" } };
    if (phase === "failed") return { text: "The server has ended.", action: { title: "Restart the Server", command: "clarifier.restart" } };
    if (phase === "off") return { text: "Clarifier is switched off.", action: { title: "Start the Server", command: "clarifier.restart" } };
    if (phase !== "running") return { text: "The server is being started…" };
    if (this.questions.length > 0) return null;
    if (status.indexing || status.model === "loading") return { text: `Reading ${name ?? "the specifications"}…` };
    if (name === undefined) return { text: "Open a specification, a Markdown file, to see its questions.", action: { title: "Open a File", command: "workbench.action.files.openFile" } };
    return { text: this.answered > 0 ? `All questions about ${name} are answered.` : `There are no open questions about ${name}.` };
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const one of this.disposables) one.dispose();
  }
}
