/** The two outputs: what happens, and the messages between editor and server. */
import * as vscode from "vscode";
import { settings } from "./settings";

/**
 * A channel for tracing that the setting `clarifier.trace.server` alone switches on:
 * the client library traces only at the log level “trace”, which few users know how to set.
 */
export class TraceChannel implements vscode.LogOutputChannel {
  private readonly changed = new vscode.EventEmitter<vscode.LogLevel>();
  readonly onDidChangeLogLevel = this.changed.event;
  readonly name: string;

  constructor(private readonly channel: vscode.LogOutputChannel) {
    this.name = channel.name;
  }

  get logLevel(): vscode.LogLevel {
    return settings().trace === "off" ? vscode.LogLevel.Off : vscode.LogLevel.Trace;
  }

  /** Takes note that the setting has changed. */
  refresh(): void {
    this.changed.fire(this.logLevel);
  }

  trace(message: string, ...more: unknown[]): void {
    this.channel.info(message, ...more);
  }
  debug(message: string, ...more: unknown[]): void {
    this.channel.debug(message, ...more);
  }
  info(message: string, ...more: unknown[]): void {
    this.channel.info(message, ...more);
  }
  warn(message: string, ...more: unknown[]): void {
    this.channel.warn(message, ...more);
  }
  error(error: string | Error, ...more: unknown[]): void {
    this.channel.error(error, ...more);
  }
  append(value: string): void {
    this.channel.append(value);
  }
  appendLine(value: string): void {
    this.channel.appendLine(value);
  }
  replace(value: string): void {
    this.channel.replace(value);
  }
  clear(): void {
    this.channel.clear();
  }
  show(): void {
    this.channel.show(true);
  }
  hide(): void {
    this.channel.hide();
  }
  dispose(): void {
    this.changed.dispose();
    this.channel.dispose();
  }
}
