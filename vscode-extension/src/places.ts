/** What stands at the cursor, as the server's own questions and code lenses tell it. */
import * as vscode from "vscode";
import { Command, type Question } from "./protocol";

interface Span {
  start: { line: number; character: number };
  end: { line: number; character: number };
}

/** The question nearest to a place on its line: one that covers the place first; undefined if the line has none. */
export function questionAt(questions: readonly Question[], place: { line: number; character: number }): Question | undefined {
  const near = questions.filter(({ range }) => range.start.line <= place.line && place.line <= range.end.line);
  const distance = ({ range }: Question): number => {
    const before = range.start.line === place.line ? range.start.character - place.character : 0;
    const after = range.end.line === place.line ? place.character - range.end.character : 0;
    return Math.max(0, before, after);
  };
  return [...near].sort((a, b) => distance(a) - distance(b))[0];
}

/** A command with its arguments, at the range of the lens that offers it. */
export interface Offer {
  range: Span;
  command: string;
  arguments: unknown[];
}

/** The offer that belongs to a line: the last one that begins at or before it. */
export function offerAt(offers: readonly Offer[], line: number): Offer | undefined {
  return offers.filter((offer) => offer.range.start.line <= line).sort((a, b) => a.range.start.line - b.range.start.line).at(-1);
}

const PROMPT_COMMANDS: readonly string[] = [Command.createPrompts, Command.openPrompts, Command.runPrompts];

/** What the code lenses of a document offer for prompts. */
export async function promptOffers(uri: vscode.Uri): Promise<Offer[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>("vscode.executeCodeLensProvider", uri, 10_000);
  return (lenses ?? []).flatMap(({ range, command }) =>
    command !== undefined && PROMPT_COMMANDS.includes(command.command) ? [{ range, command: command.command, arguments: [...(command.arguments ?? [])] as unknown[] }] : [],
  );
}
