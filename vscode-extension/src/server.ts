/** The language server's life: start, stop, restart after a fall, and asking it things. */
import * as vscode from "vscode";
import { CloseAction, ErrorAction, RevealOutputChannelOn, State, type CloseHandlerResult, type ErrorHandlerResult } from "vscode-languageclient";
import { LanguageClient } from "vscode-languageclient/node";
import { ask } from "./dialogue";
import { STATUS, type Status } from "./protocol";
import { Falls, MOST_FALLS, type Phase, type Standing } from "./standing";

export interface Start {
  command: string[];
  environment: NodeJS.ProcessEnv;
  folder: string;
}

const NOTHING: Status = { indexing: false, questions: 0, model: "loading" };
/** One language server, and what the editor knows of it. */
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private standing: Standing = { phase: "off", status: NOTHING };
  private readonly changed = new vscode.EventEmitter<Standing>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly trace: vscode.LogOutputChannel,
    private readonly show: (command: string, result: unknown) => void,
  ) {}

  get now(): Standing {
    return this.standing;
  }

  /** Says where things stand while no server runs. */
  set(phase: Phase): void {
    this.standing = { phase, status: phase === "running" ? this.standing.status : NOTHING };
    void vscode.commands.executeCommand("setContext", "clarifier.running", phase === "running");
    this.changed.fire(this.standing);
  }

  /** Starts the server, after stopping the one that runs. */
  async start(start: Start): Promise<void> {
    await this.stop();
    const [program = "", ...args] = start.command;
    this.output.info(`Starting: ${start.command.join(" ")}`);
    const client = this.newClient(program, args, start);
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      if (this.client !== client) return;
      if (newState === State.Running) this.set("running");
      else if (newState === State.Starting) this.set("starting");
      else if (this.standing.phase !== "off") this.set("failed");
    });
    client.onNotification(STATUS, (status: Status) => {
      if (this.client !== client) return;
      this.standing = { ...this.standing, status };
      this.changed.fire(this.standing);
    });
    client.onRequest("window/showMessageRequest", ask);
    try {
      await client.start();
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
      if (this.client !== client) return;
      this.set("failed");
      void this.tellFailure("The Clarifier server could not be started.");
    }
  }

  /** Stops the server and waits until it has gone. */
  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.set("off");
    if (client === undefined) return;
    try {
      await client.dispose(5_000);
    } catch (error) {
      this.output.warn(`The server did not stop in good order: ${String(error)}`);
    }
  }

  /** Asks the server to carry out one of its commands; undefined when no server runs or it refuses. */
  async ask<T>(command: string, ...args: unknown[]): Promise<T | undefined> {
    const client = this.client;
    if (client === undefined || this.standing.phase !== "running") return undefined;
    try {
      return await client.sendRequest<T>("workspace/executeCommand", { command, arguments: args });
    } catch (error) {
      this.output.warn(`${command}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  /** A range of the protocol as one of the editor. */
  rangeOf(range: { start: vscode.Position | { line: number; character: number }; end: vscode.Position | { line: number; character: number } }): vscode.Range {
    return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
  }

  private newClient(program: string, args: string[], start: Start): LanguageClient {
    const falls = new Falls();
    return new LanguageClient(
      "clarifier",
      "Clarifier",
      { command: program, args, options: { cwd: start.folder, env: start.environment } },
      {
        documentSelector: [{ language: "markdown", scheme: "file" }, { language: "markdown", scheme: "untitled" }],
        outputChannel: this.output,
        traceOutputChannel: this.trace,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        diagnosticPullOptions: { onChange: true, onTabs: true },
        markdown: { isTrusted: { enabledCommands: ["clarifier.ask", "clarifier.openPrompts", "clarifier.createPrompts"] }, supportHtml: false },
        errorHandler: {
          error: (): ErrorHandlerResult => ({ action: ErrorAction.Continue, handled: true }),
          closed: (): CloseHandlerResult => this.fallen(falls),
        },
        initializationFailedHandler: () => false,
        middleware: {
          executeCommand: async (command, given, next) => {
            const result: unknown = await next(command, given);
            this.show(command, result);
            return result;
          },
        },
      },
    );
  }

  private fallen(falls: Falls): CloseHandlerResult {
    // One that ends before it has begun would do so again; `start` says that.
    if (this.standing.phase !== "running") return { action: CloseAction.DoNotRestart, handled: true };
    if (falls.mayRestart(Date.now())) {
      this.output.warn("The server ended unexpectedly; it is started again.");
      return { action: CloseAction.Restart, handled: true };
    }
    void this.tellFailure(`The Clarifier server ended ${MOST_FALLS + 1} times in three minutes and is not started again.`);
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  private async tellFailure(message: string): Promise<void> {
    const chosen = await vscode.window.showErrorMessage(message, "Restart", "Show Output");
    if (chosen === "Restart") void vscode.commands.executeCommand("clarifier.restart");
    if (chosen === "Show Output") this.output.show(true);
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
  }
}
