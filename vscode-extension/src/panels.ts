/** Panels for what the server hands over whole: the clause graph and the report. */
import * as vscode from "vscode";
import { embedded, nonce } from "./embedding";
import { Command } from "./protocol";

export class Panels {
  constructor(private readonly extension: vscode.Uri) {}

  /** Shows the result of a command that has something to be shown. */
  show(command: string, result: unknown): void {
    if (typeof result !== "object" || result === null) return;
    if (command === Command.graph && "mermaid" in result && typeof result.mermaid === "string") this.showGraph(result.mermaid);
    if (command === Command.report && "html" in result && typeof result.html === "string") this.showReport(result.html);
  }

  private showGraph(mermaid: string): void {
    if (!mermaid.includes("--") && !mermaid.includes("-.")) {
      void vscode.window.showInformationMessage("There is no graph to draw: no clause or section refers to another, and none are in conflict.");
      return;
    }
    const panel = this.panel("clarifier.graph", "Clause Graph", true);
    const script = (name: string): string => panel.webview.asWebviewUri(vscode.Uri.joinPath(this.extension, "out", name)).toString();
    const once = nonce();
    panel.webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${once}'; img-src data:; font-src data:">
<title>Clause Graph</title>
<style>body { padding: 1em } svg { height: auto } pre { white-space: pre-wrap }</style>
</head>
<body>
<div id="graph" role="img" aria-label="Graph of the clauses and what they refer to"></div>
<script type="application/json" id="source" nonce="${once}">${embedded(mermaid)}</script>
<script nonce="${once}" src="${script("mermaid.js")}"></script>
<script nonce="${once}" src="${script("graph.js")}"></script>
</body>
</html>`;
  }

  private showReport(html: string): void {
    const panel = this.panel("clarifier.report", "Clarifier Report", false);
    const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><style>body { overflow-wrap: anywhere }</style>`;
    panel.webview.html = /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + policy) : `<!DOCTYPE html><html lang="en"><head>${policy}</head><body>${html}</body></html>`;
  }

  private panel(kind: string, title: string, scripts: boolean): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(kind, title, vscode.ViewColumn.Beside, {
      enableScripts: scripts,
      enableFindWidget: true,
      localResourceRoots: [vscode.Uri.joinPath(this.extension, "out")],
    });
  }
}
