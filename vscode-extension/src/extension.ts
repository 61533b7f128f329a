/** The entry: makes the parts, joins them, and starts the server. */
import * as vscode from "vscode";
import { register } from "./commands";
import { TraceChannel } from "./output";
import { Panels } from "./panels";
import { QuestionsView } from "./questions";
import { Server } from "./server";
import { Setup } from "./setup";
import { StatusItem } from "./status";
import { welcome } from "./welcome";

const RESTARTING = ["enable", "interpreter", "command", "environment", "model"].map((name) => `clarifier.${name}`);
let server: Server | undefined;

/** Called by the editor when a Markdown file is opened or a command is used. */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("Clarifier", { log: true });
  const trace = new TraceChannel(vscode.window.createOutputChannel("Clarifier Trace", { log: true }));
  const panels = new Panels(context.extensionUri);
  server = new Server(output, trace, (command, result) => panels.show(command, result));
  const setup = new Setup(context, server, output);
  const questions = new QuestionsView(context.extensionUri, server);
  const status = new StatusItem();
  const running = server;
  context.subscriptions.push(
    output,
    trace,
    status,
    questions,
    server.onDidChange((standing) => status.show(standing)),
    vscode.window.onDidChangeVisibleTextEditors(() => status.show(running.now)),
    vscode.window.registerWebviewViewProvider("clarifier.questions", questions),
    register({ server, setup, questions, panels, output }),
    welcome(context, server, questions),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void setup.start()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("clarifier.trace.server")) trace.refresh();
      if (RESTARTING.some((name) => event.affectsConfiguration(name))) void setup.start();
    }),
  );
  void setup.start();
}

/** Called by the editor when it closes. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
