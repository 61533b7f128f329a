/** From settings to a running server: finding a Python, offering to install, and what to say when neither works. */
import * as vscode from "vscode";
import { mkdir, readdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { install, InstallationFailed } from "./installation";
import { run } from "./processes";
import { find, namesOnPath, OLDEST, probe, pythonIn, type Found } from "./python";
import type { Server } from "./server";
import { environmentOf, settings } from "./settings";

const OFFERED = "offered";
const KEY = "modelKey";
const INSTALL = "Install";
const CHOOSE = "Choose Python…";
const OUTPUT = "Show Output";

export class Setup {
  private installing = false;
  private latest = 0;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  private get folder(): string {
    return this.context.globalStorageUri.fsPath;
  }

  private get environment(): string {
    return path.join(this.folder, "environment");
  }

  /** Starts the server, or says what keeps it from starting. The last call of several at once counts. */
  async start(): Promise<void> {
    const mine = ++this.latest;
    await this.server.stop();
    const now = settings();
    if (!now.enable || this.installing || mine !== this.latest) return;
    this.server.set("looking");
    await mkdir(this.folder, { recursive: true });
    let command = now.command;
    if (command.length === 0) {
      const found = await find(run, await this.candidates(), this.folder);
      if (mine !== this.latest) return;
      for (const problem of found.problems) this.output.info(problem);
      if (found.ready === undefined) {
        this.server.set("missing");
        void this.offer(found);
        return;
      }
      command = [found.ready.executable, "-P", "-m", "clarifier", "lsp"];
    }
    const trusted = vscode.workspace.isTrusted;
    const key = trusted ? await this.context.secrets.get(KEY) : undefined;
    if (mine !== this.latest) return;
    await this.server.start({ command, environment: environmentOf(now, key, process.env, trusted), folder: this.folder });
  }

  /** The Pythons to ask, the author's own choice first. A folder that is not trusted has no say. */
  private async candidates(): Promise<string[][]> {
    const { interpreter } = settings();
    if (interpreter !== "") return [[interpreter]];
    const own = pythonIn(this.environment);
    const chosen = vscode.workspace.isTrusted ? await chosenInPythonExtension() : undefined;
    return [...(existsSync(own) ? [[own]] : []), ...(chosen === undefined ? [] : [[chosen]]), ...namesOnPath()];
  }

  /** Offers to install, once; afterwards the status item and the view are the way. */
  private async offer(found: Found): Promise<void> {
    if (this.context.globalState.get(OFFERED, false)) return;
    await this.context.globalState.update(OFFERED, true);
    const { interpreter } = settings();
    if (interpreter !== "") {
      const problem = found.problems[0] ?? `“${interpreter}” does not have the server.`;
      await this.act(await vscode.window.showWarningMessage(`${problem} Shall the extension install it into an environment of its own?`, INSTALL, CHOOSE));
      return;
    }
    if (found.able === undefined) {
      await this.act(await vscode.window.showWarningMessage(`Clarifier needs Python ${OLDEST.join(".")} or newer, and none was found.`, CHOOSE, OUTPUT));
      return;
    }
    const message = `Clarifier finds its questions with a Python program that is not installed yet. Shall it go into an environment of its own (about 500 MB)? Nothing else on this machine is changed.`;
    await this.act(await vscode.window.showInformationMessage(message, INSTALL, CHOOSE, "Not Now"));
  }

  private async act(chosen: string | undefined): Promise<void> {
    if (chosen === INSTALL) await this.install();
    if (chosen === CHOOSE) await this.choose();
    if (chosen === OUTPUT) this.output.show(true);
  }

  /** Makes the extension's own environment, shows how it goes, and starts the server from it. */
  async install(): Promise<void> {
    if (this.installing) {
      this.output.show(true);
      return;
    }
    this.installing = true;
    let done = false;
    try {
      await this.server.stop();
      this.server.set("looking");
      await mkdir(this.folder, { recursive: true });
      done = await this.installWithProgress();
    } catch (error) {
      const message = error instanceof InstallationFailed ? error.message : `The server could not be installed: ${String(error)}`;
      this.output.error(message);
      this.server.set("missing");
      void vscode.window.showErrorMessage(message, "Try Again", CHOOSE, OUTPUT).then((chosen) => (chosen === "Try Again" ? this.install() : this.act(chosen)));
    } finally {
      this.installing = false;
    }
    if (done) await this.start();
  }

  private async installWithProgress(): Promise<boolean> {
    const { interpreter } = settings();
    const chosen = vscode.workspace.isTrusted ? await chosenInPythonExtension() : undefined;
    const candidates = [...(interpreter === "" ? [] : [[interpreter]]), ...(chosen === undefined ? [] : [[chosen]]), ...namesOnPath()];
    const found = await find(run, candidates, this.folder);
    const python = found.able;
    if (python === undefined) throw new InstallationFailed(`Clarifier needs Python ${OLDEST.join(".")} or newer, and none was found.`);
    const plan = { python: python.executable, environment: this.environment, requirement: await this.requirement() };
    this.output.info(`Installing ${plan.requirement} into ${plan.environment} with ${plan.python}`);
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: "Installing the Clarifier server", cancellable: true }, async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const report = { step: (message: string) => progress.report({ message }), line: (text: string) => this.output.info(text) };
      const made = await install(run, plan, report, abort.signal);
      this.output.info(`Installed: clarifier ${made.server} with Python ${made.version}`);
      return true;
    });
  }

  private async requirement(): Promise<string> {
    const wanted = settings().package;
    if (wanted !== "") return wanted;
    const folder = path.join(this.context.extensionPath, "wheel");
    const wheel = existsSync(folder) ? (await readdir(folder)).find((name) => name.endsWith(".whl")) : undefined;
    if (wheel === undefined) throw new InstallationFailed("This build of the extension does not carry the server; set “clarifier.package” to what pip shall install.");
    return path.join(folder, wheel);
  }

  /** Lets the author choose a Python that has the server. */
  async choose(): Promise<void> {
    const picked = await vscode.window.showOpenDialog({ title: "The Python that has the Clarifier server", openLabel: "Use This Python", canSelectMany: false });
    const file = picked?.[0]?.fsPath;
    if (file === undefined) return;
    const { python, problem } = await probe(run, [file], this.folder);
    if (python === undefined) {
      await this.act(await vscode.window.showErrorMessage(problem ?? `“${file}” cannot be used.`, CHOOSE, INSTALL));
      return;
    }
    await vscode.workspace.getConfiguration("clarifier").update("interpreter", file, vscode.ConfigurationTarget.Global);
    if (python.server === null) {
      await this.act(await vscode.window.showWarningMessage(`“${file}” does not have the server. “${file} -m pip install clarifier” adds it, or the extension makes an environment of its own.`, INSTALL));
    }
  }

  /** Lets the author set or take away the key for the language model. */
  async setKey(): Promise<void> {
    const key = await vscode.window.showInputBox({ title: "Model key", prompt: "Kept in the editor's secret storage, given to the server only in trusted folders. Empty removes it.", password: true, ignoreFocusOut: true });
    if (key === undefined) return;
    if (key === "") await this.context.secrets.delete(KEY);
    else await this.context.secrets.store(KEY, key);
    await this.start();
  }
}

/** The interpreter that the Python extension has chosen for the first folder, if that extension is there. */
async function chosenInPythonExtension(): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  if (extension === undefined) return undefined;
  try {
    const { environments } = extension.isActive ? extension.exports : await extension.activate();
    const chosen = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri));
    return chosen?.executable.uri?.fsPath;
  } catch {
    return undefined;
  }
}

interface PythonExtension {
  environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
    resolveEnvironment(environment: { path: string }): Promise<{ executable: { uri: vscode.Uri | undefined } } | undefined>;
  };
}
