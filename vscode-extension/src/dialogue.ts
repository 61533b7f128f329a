/** The server's questions as dialogues: a list to choose from, because a notification cuts long buttons short. */
import * as vscode from "vscode";
import type { MessageActionItem, ShowMessageRequestParams } from "vscode-languageclient";

const MOST_BUTTONS = 3;
const LONGEST_BUTTON = 24;

/** Whether the choices can be read as the buttons of a notification. */
export function fitsNotification(titles: readonly string[]): boolean {
  return titles.length <= MOST_BUTTONS && titles.every((title) => title.length <= LONGEST_BUTTON);
}

/** Asks the author what the server wants to know; null when no choice is made. */
export async function ask({ message, actions = [], type }: ShowMessageRequestParams): Promise<MessageActionItem | null> {
  if (fitsNotification(actions.map(({ title }) => title))) {
    const show = type === 1 ? vscode.window.showErrorMessage : type === 2 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    return (await show(message, ...actions)) ?? null;
  }
  const items = actions.map((action) => ({ label: action.title, action }));
  const chosen = await vscode.window.showQuickPick(items, { title: "Clarifier", placeHolder: message, ignoreFocusOut: true });
  return chosen?.action ?? null;
}
