// Bundles the extension and the scripts of its views into out/.
import { copyFileSync, mkdirSync } from "node:fs";
import { context, build } from "esbuild";

const minify = process.argv.includes("--minify");
const common = { bundle: true, minify, sourcemap: !minify, logLevel: "info", legalComments: "none" };
const builds = [
  { ...common, entryPoints: ["src/extension.ts"], outfile: "out/extension.js", platform: "node", target: "node20", format: "cjs", external: ["vscode"] },
  { ...common, entryPoints: { questions: "src/page/questions.ts", graph: "src/page/graph.ts" }, outdir: "out", platform: "browser", target: "es2022", format: "iife", sourcemap: false },
];
mkdirSync("out", { recursive: true });
copyFileSync("node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js", "out/mermaid.js");
if (process.argv.includes("--watch")) {
  for (const options of builds) await (await context(options)).watch();
} else {
  await Promise.all(builds.map((options) => build(options)));
}
