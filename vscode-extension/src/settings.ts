/** The settings, and what follows from them for starting the server. */
import * as vscode from "vscode";

export interface Settings {
  enable: boolean;
  revealOnChoice: boolean;
  trace: string;
  interpreter: string;
  command: string[];
  package: string;
  environment: Record<string, string>;
  baseUrl: string;
  model: string;
}

/** The settings as they stand. */
export function settings(): Settings {
  const from = vscode.workspace.getConfiguration("clarifier");
  return {
    enable: from.get("enable", true),
    revealOnChoice: from.get("revealOnChoice", true),
    trace: from.get("trace.server", "off"),
    interpreter: from.get("interpreter", "").trim(),
    command: from.get<string[]>("command", []),
    package: from.get("package", "").trim(),
    environment: from.get<Record<string, string>>("environment", {}),
    baseUrl: from.get("model.baseUrl", "").trim(),
    model: from.get("model.name", "").trim(),
  };
}

const OF_MODELS = /^(OPENAI|CLARIFIER)_(\w+_)?(API_KEY|BASE_URL|MODEL)$/;

/** The whole environment of the server: the editor's own with what the settings add; undefined takes a variable away. */
export function environmentOf(from: Settings, key: string | undefined, own: NodeJS.ProcessEnv, trusted: boolean): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...own, PYTHONUTF8: "1", ...from.environment };
  if (!trusted) {
    // Without key and address the server cannot call a model, whatever a folder asks of it.
    for (const name of Object.keys(environment).filter((one) => OF_MODELS.test(one))) environment[name] = undefined;
    return environment;
  }
  if (key !== undefined) environment["OPENAI_API_KEY"] = key;
  if (from.baseUrl !== "") environment["OPENAI_BASE_URL"] = from.baseUrl;
  if (from.model !== "") environment["CLARIFIER_MODEL"] = from.model;
  return environment;
}
