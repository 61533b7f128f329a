/** The commands of the palette and the menus; what they need to know of a place the server says. */
import * as vscode from "vscode";
import type { Panels } from "./panels";
import { offerAt, promptOffers, questionAt } from "./places";
import { Command } from "./protocol";
import type { QuestionsView } from "./questions";
import type { Server } from "./server";
import type { Setup } from "./setup";

export interface Parts {
  server: Server;
  setup: Setup;
  questions: QuestionsView;
  panels: Panels;
  output: vscode.LogOutputChannel;
}

/** Registers all commands. */
export function register(parts: Parts): vscode.Disposable {
  const { server, setup, questions, panels, output } = parts;
  const commands: Record<string, () => unknown> = {
    "clarifier.askHere": () => withEditor(server, (editor) => askHere(editor, parts)),
    "clarifier.askNext": () => withEditor(server, (editor) => server.ask(Command.nextQuestion, editor.document.uri.toString())),
    "clarifier.showQuestions": () => questions.reveal(),
    "clarifier.refreshQuestions": () => questions.refresh(),
    "clarifier.runPromptsHere": () => withEditor(server, (editor) => runPrompts(editor, server)),
    "clarifier.promptsHere": () => withEditor(server, (editor) => prompts(editor, server)),
    "clarifier.assignIdsHere": () => withEditor(server, (editor) => server.ask(Command.assignIds, editor.document.uri.toString())),
    "clarifier.showGraph": () => withEditor(server, async (editor) => panels.show(Command.graph, await server.ask(Command.graph, editor.document.uri.toString()))),
    "clarifier.showReport": () => withEditor(server, async (editor) => panels.show(Command.report, await server.ask(Command.report, editor.document.uri.toString()))),
    "clarifier.install": () => setup.install(),
    "clarifier.chooseInterpreter": () => setup.choose(),
    "clarifier.setModelKey": () => setup.setKey(),
    "clarifier.restart": () => setup.start(),
    "clarifier.showOutput": () => output.show(true),
  };
  return vscode.Disposable.from(...Object.entries(commands).map(([name, act]) => vscode.commands.registerCommand(name, act)));
}

/** Acts on the Markdown file in front, or says why not. */
async function withEditor(server: Server, act: (editor: vscode.TextEditor) => unknown): Promise<void> {
  const editor = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors].find((one) => one?.document.languageId === "markdown");
  if (editor === undefined) {
    void vscode.window.showInformationMessage("Open a specification, a Markdown file, first.");
  } else if (server.now.phase !== "running") {
    const chosen = await vscode.window.showWarningMessage("The Clarifier server is not running.", "Start");
    if (chosen === "Start") await vscode.commands.executeCommand("clarifier.restart");
  } else {
    await act(editor);
  }
}

async function askHere(editor: vscode.TextEditor, { server, questions }: Parts): Promise<void> {
  const question = questionAt(await questions.of(editor.document.uri), editor.selection.active);
  if (question !== undefined) {
    await server.ask(Command.ask, question.uri, question.fingerprint);
    return;
  }
  const chosen = await vscode.window.showInformationMessage("There is no question on this line.", "Next Question");
  if (chosen !== undefined) await server.ask(Command.nextQuestion, editor.document.uri.toString());
}

async function runPrompts(editor: vscode.TextEditor, server: Server): Promise<void> {
  const uri = editor.document.uri;
  const offer = offerAt(await promptOffers(uri), editor.selection.active.line);
  await server.ask(Command.runPrompts, uri.toString(), offer?.arguments[1] ?? null);
}

async function prompts(editor: vscode.TextEditor, server: Server): Promise<void> {
  const offers = await promptOffers(editor.document.uri);
  const offer = offerAt(offers.filter(({ command }) => command !== Command.runPrompts), editor.selection.active.line);
  if (offer === undefined) {
    const message = "There is no clause with an ID at the cursor; prompts are kept by clause ID.";
    const chosen = await vscode.window.showInformationMessage(message, "Assign Clause IDs");
    if (chosen !== undefined) await server.ask(Command.assignIds, editor.document.uri.toString());
    return;
  }
  await server.ask(offer.command, ...offer.arguments);
}
