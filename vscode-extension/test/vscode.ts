/** The little of the editor that units under test touch; the rest is tested in the real one, by tests/vscode. */
export enum StatusBarAlignment {
  Left = 1,
  Right = 2,
}
export class EventEmitter<T> {
  private readonly listeners: ((value: T) => void)[] = [];
  event = (listener: (value: T) => void): void => void this.listeners.push(listener);
  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
}
export class ThemeColor {}
export const workspace = { getConfiguration: () => ({ get: (_: string, otherwise: unknown) => otherwise }) };
export const window = {};
