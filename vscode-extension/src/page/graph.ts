/** Draws the clause graph in its panel. */
interface Mermaid {
  initialize(options: Record<string, unknown>): void;
  render(id: string, source: string): Promise<{ svg: string }>;
}

// Loaded by its own script element: the package is a script, not a module.
declare const mermaid: Mermaid;

async function draw(): Promise<void> {
  const place = document.getElementById("graph");
  const source = JSON.parse(document.getElementById("source")?.textContent ?? '""') as string;
  if (place === null) return;
  const dark = document.body.classList.contains("vscode-dark") || document.body.classList.contains("vscode-high-contrast");
  mermaid.initialize({ startOnLoad: false, theme: dark ? "dark" : "default", securityLevel: "strict", maxTextSize: 2_000_000, maxEdges: 10_000 });
  try {
    const { svg } = await mermaid.render("drawn", source);
    place.innerHTML = svg;
  } catch {
    const text = document.createElement("pre");
    text.textContent = source;
    place.replaceChildren("The graph is too large to be drawn; this is its description.", text);
  }
}

void draw();

export {};
