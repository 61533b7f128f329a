/** The page of the view “Questions”: native elements, all of it by keyboard, texts only ever set as text. */
import type { FromPage, PageQuestion, PageState } from "../interview";
import type { Answer } from "../protocol";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; getState(): unknown; setState(state: unknown): void };

const PORTION = 60;
const USUAL_REASONS = ["the context makes it plain", "it is defined elsewhere", "it is meant to be this broad"] as const;
const editor = acquireVsCodeApi();
const main = document.getElementById("main") as HTMLElement;
const said = document.getElementById("said") as HTMLElement;
// What is being typed, by question: drawing the list anew must not lose it.
const drafts = new Map<string, string>();
const reasons = new Map<string, string>();
let state: PageState | undefined;
let chosen: string | null = null;
let portion = PORTION;

type Attributes = Record<string, string>;

function element<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Attributes = {}, ...inside: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

function button(text: string, attributes: Attributes, act: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

function choose(key: string | null): void {
  chosen = key;
  render();
  focusOn(key === null ? undefined : key);
  editor.postMessage({ type: "choose", key });
}

function answer(key: string, given: Answer): void {
  drafts.delete(key);
  reasons.delete(key);
  for (const one of main.querySelectorAll<HTMLButtonElement>(".detail button")) one.disabled = true;
  editor.postMessage({ type: "answer", key, answer: given });
}

function focusOn(key: string | undefined): void {
  const found = [...main.querySelectorAll<HTMLButtonElement>("button.question")].find((one) => one.dataset["key"] === key);
  found?.focus();
  found?.scrollIntoView({ block: "nearest" });
}

function detail(question: PageQuestion, id: string): HTMLElement {
  const { key, readings } = question;
  const inside = element("div", { class: "detail", id });
  if (question.sentence !== "") {
    inside.append(element("blockquote", {}, ...marked(question.sentence, question.words)));
  }
  if (question.message !== "") inside.append(element("p", { class: "message" }, question.message));
  if (question.why !== "") inside.append(element("p", { class: "why" }, question.why));
  if (readings.length > 0) {
    const group = element("div", { role: "group", class: "readings", "aria-label": "Readings" }, element("p", { class: "label" }, "Which do you mean?"));
    readings.forEach((reading, index) => {
      const one = button("", { class: "reading", "data-index": String(index) }, () => answer(key, { kind: "reading", index }));
      one.append(element("kbd", { "aria-hidden": "true" }, String(index + 1)), element("span", { class: "meaning" }, reading.label));
      const effect = effectOf(reading.text, question.words);
      if (effect !== undefined) one.append(element("span", { class: "text" }, effect));
      group.append(one);
    });
    inside.append(group);
  }
  inside.append(freeAnswer(question, id), otherwise(key, id));
  return inside;
}

/** A sentence with the words at issue marked, if they stand in it just once. */
function marked(sentence: string, words: string): (Node | string)[] {
  const parts = words === "" ? [] : sentence.split(words);
  const [before, after] = parts;
  return parts.length === 2 && before !== undefined && after !== undefined ? [before, element("mark", {}, words), after] : [sentence];
}

function effectOf(text: string | null, words: string): string | undefined {
  if (text === null || text === words) return undefined;
  return text === "" ? `takes out “${words}”` : `writes “${text}”`;
}

function freeAnswer({ key, words }: PageQuestion, id: string): HTMLElement {
  const text = element("textarea", { id: `${id}-free`, rows: "2", placeholder: "What the text shall say here" });
  text.value = drafts.get(key) ?? "";
  const send = button("Write It", { class: "primary" }, () => {
    if (text.value.trim() !== "") answer(key, { kind: "free", text: text.value.trim() });
  });
  const refresh = (): void => {
    drafts.set(key, text.value);
    send.disabled = text.value.trim() === "";
  };
  refresh();
  text.addEventListener("input", refresh);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send.click();
  });
  const label = words === "" || words.length > 60 ? "Your own words instead" : `Your own words instead of “${words}”`;
  return element("div", { class: "free" }, element("label", { class: "label", for: `${id}-free` }, label), text, send);
}

function otherwise(key: string, id: string): HTMLElement {
  const usual = element("datalist", { id: `${id}-usual` }, ...USUAL_REASONS.map((value) => element("option", { value })));
  const reason = element("input", { id: `${id}-reason`, type: "text", list: `${id}-usual`, placeholder: USUAL_REASONS[0] });
  reason.value = reasons.get(key) ?? "";
  reason.addEventListener("input", () => reasons.set(key, reason.value));
  const form = element("form", { class: "reason", ...(reasons.has(key) ? {} : { hidden: "" }) }, element("label", { class: "label", for: `${id}-reason` }, "It is clear as written, because"), reason, usual);
  form.append(element("button", { type: "submit", class: "primary" }, "Dismiss"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (reason.value.trim() !== "") answer(key, { kind: "dismiss", reason: reason.value.trim() });
    else reason.focus();
  });
  const dismiss = button("Not Ambiguous…", { "aria-expanded": String(!form.hidden), "aria-controls": `${id}-form` }, () => {
    form.hidden = !form.hidden;
    dismiss.setAttribute("aria-expanded", String(!form.hidden));
    if (form.hidden) reasons.delete(key);
    else {
      reasons.set(key, reason.value);
      reason.focus();
    }
  });
  form.id = `${id}-form`;
  const open = button("Leave Open", { title: "Writes the question into the text as [NEEDS CLARIFICATION: …]" }, () => answer(key, { kind: "open" }));
  const show = button("Show in Text", {}, () => editor.postMessage({ type: "reveal", key }));
  return element("div", {}, element("div", { class: "row" }, open, dismiss, show), form);
}

function item(question: PageQuestion, index: number): HTMLElement {
  const id = `detail-${index}`;
  const expanded = question.key === chosen;
  const head = button("", { class: "question", "aria-expanded": String(expanded), "aria-controls": id }, () => choose(expanded ? null : question.key));
  head.dataset["key"] = question.key;
  head.append(element("span", { class: "text" }, question.question), element("span", { class: "place" }, element("span", { class: `group ${question.group}` }, question.group), ` · ${question.place}`));
  const made = element("li", expanded ? { class: "expanded" } : {}, head);
  if (expanded) made.append(detail(question, id));
  return made;
}

function summary({ questions, title, answered, reading }: PageState): string {
  const count = questions.length === 1 ? "1 question" : `${questions.length} questions`;
  return `${count} about ${title}${reading ? " so far, still reading…" : answered > 0 ? `, ${answered} answered` : ", weightiest first"}`;
}

function render(): void {
  if (state === undefined) return;
  const { notice, questions } = state;
  if (notice !== null) {
    const inside: Node[] = [element("p", { class: "notice" }, notice.text)];
    const { action } = notice;
    if (action !== undefined) inside.push(button(action.title, { class: "primary" }, () => editor.postMessage({ type: "command", command: action.command })));
    main.replaceChildren(...inside);
    return;
  }
  const at = questions.findIndex(({ key }) => key === chosen);
  portion = Math.max(portion, at + 1);
  const list = element("ol", {}, ...questions.slice(0, portion).map(item));
  const parts: Node[] = [element("h2", {}, summary(state)), list];
  if (questions.length > portion) {
    parts.push(button(`Show ${Math.min(PORTION, questions.length - portion)} more`, { class: "more" }, () => {
      const next = questions[portion]?.key;
      portion += PORTION;
      render();
      focusOn(next);
    }));
  }
  main.replaceChildren(...parts);
}

/** Draws anew without taking from the author what is being typed. */
function renderKeepingFocus(): void {
  const active = document.activeElement;
  const id = active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement ? active.id : undefined;
  const caret = active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement ? active.selectionStart : null;
  const key = active instanceof HTMLElement ? (active.dataset["key"] ?? (active.closest("li") === null ? undefined : (chosen ?? undefined))) : undefined;
  render();
  const field = id === undefined ? null : document.getElementById(id);
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
    field.focus();
    if (caret !== null) field.setSelectionRange(caret, caret);
  } else if (key !== undefined) focusOn(key);
}

function listOf(of: PageState | undefined): string {
  return of === undefined ? "" : JSON.stringify([of.questions, of.notice, of.title, of.answered, of.reading]);
}

window.addEventListener("message", ({ data }: MessageEvent<PageState>) => {
  const ordered = state === undefined || data.turn !== state.turn;
  const changed = ordered || listOf(state) !== listOf(data);
  state = data;
  if (ordered) chosen = data.chosen;
  if (data.said !== "") said.textContent = data.said;
  if (changed) renderKeepingFocus();
  if (data.focus && chosen !== null) focusOn(chosen);
});

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  const writing = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  if (event.key === "Escape" && chosen !== null) {
    const was = chosen;
    choose(null);
    focusOn(was);
  } else if (!writing && /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) {
    target.closest("li")?.querySelector<HTMLButtonElement>(`.reading[data-index="${Number(event.key) - 1}"]`)?.click();
  } else if (!writing && ["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) {
    const heads = [...main.querySelectorAll<HTMLButtonElement>("button.question")];
    const at = heads.findIndex((head) => head === target || head.parentElement?.contains(target));
    const to = { ArrowDown: Math.min(at + 1, heads.length - 1), ArrowUp: Math.max(at - 1, 0), Home: 0, End: heads.length - 1 }[event.key];
    if (to !== undefined) heads[to]?.focus();
    event.preventDefault();
  }
});

editor.postMessage({ type: "ready" });
