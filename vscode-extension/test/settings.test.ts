import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { environmentOf, settings } from "../src/settings";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  contributes: { configuration: { properties: Record<string, { scope: string; description?: string; markdownDescription?: string }> }[]; commands: { command: string }[]; walkthroughs: { steps: { description: string }[] }[] };
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
};
const properties = Object.entries(manifest.contributes.configuration.flatMap(({ properties: some }) => [some]).reduce((all, some) => ({ ...all, ...some }), {}));

describe("the server's environment", () => {
  const from = { ...settings(), environment: { A: "b", OPENAI_API_KEY: "theirs" }, baseUrl: "http://localhost:1/v1", model: "m" };
  it("has key, address and model in a trusted folder", () => {
    expect(environmentOf(from, "k", { PATH: "/bin" }, true)).toMatchObject({ PATH: "/bin", A: "b", OPENAI_API_KEY: "k", OPENAI_BASE_URL: "http://localhost:1/v1", CLARIFIER_MODEL: "m" });
  });
  it("has none of them in a folder that is not trusted, wherever they come from", () => {
    const given = environmentOf(from, "k", { CLARIFIER_GRADER_API_KEY: "x", OPENAI_BASE_URL: "y", PATH: "/bin" }, false);
    expect(given).toMatchObject({ A: "b", PATH: "/bin", OPENAI_API_KEY: undefined, OPENAI_BASE_URL: undefined, CLARIFIER_GRADER_API_KEY: undefined });
  });
});

describe("the manifest", () => {
  it("describes every setting", () => {
    for (const [name, { description, markdownDescription }] of properties) expect(description ?? markdownDescription, name).toMatch(/\.$/);
  });
  it("keeps from folders what decides which program runs and where texts go", () => {
    const own = properties.filter(([, { scope }]) => scope === "machine").map(([name]) => name);
    expect(own).toEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations);
    expect(own).toEqual(expect.arrayContaining(["clarifier.interpreter", "clarifier.command", "clarifier.environment", "clarifier.model.baseUrl"]));
  });
  it("links only to commands that there are", () => {
    const commands = new Set(manifest.contributes.commands.map(({ command }) => command));
    const linked = manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ description }) => [...description.matchAll(/command:(clarifier\.\w+)/g)].map((match) => match[1] ?? "")));
    expect(linked.length).toBeGreaterThan(2);
    for (const command of linked) expect(commands).toContain(command);
  });
});
