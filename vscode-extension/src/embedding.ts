/** What goes into the HTML of pages. */
import { randomBytes } from "node:crypto";

/** A nonce for the scripts of one page. */
export function nonce(): string {
  return randomBytes(16).toString("base64");
}

/** JSON that may stand inside a script element. */
export function embedded(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
