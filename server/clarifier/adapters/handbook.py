"""The manuals of the rules as pages for a browser: an index and a page a rule, whole without any other file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from clarifier import __version__
from clarifier.adapters.failures import CannotRun
from clarifier.rules import RULES
from clarifier.rules._rule import Group, Rule, Severity

_EXAMPLE = re.compile(r"^(Bad|Good):[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")
_STYLE = """
:root { color-scheme: light dark; --soft: #8884; --bad: #c0392b; --good: #1e8449; }
body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
code { font-size: .92em; background: var(--soft); padding: .1em .3em; border-radius: .25em; }
nav, .about { opacity: .75; } dt { font-weight: 600; margin-top: .8rem; } dd { margin-left: 0; }
.bad, .good { border-left: .25rem solid var(--bad); padding: .2rem .8rem; margin: .5rem 0; }
.good { border-color: var(--good); } .bad b { color: var(--bad); } .good b { color: var(--good); }
"""


def page(rule: Rule) -> str:
    """The page of a rule."""
    examples = [
        f'<p class="{kind.lower()}"><b>{kind}</b> {_inline(" ".join(said.split()))}</p>'
        for kind, said in _EXAMPLE.findall(rule.manual)
    ]
    title, _, rest = _EXAMPLE.sub("", rule.manual).strip().partition("\n\n")
    about = f"{rule.group.capitalize()}. By default {_article(rule.severity)}."
    paragraphs = "".join(f"<p>{_inline(' '.join(text.split()))}</p>" for text in rest.split("\n\n") if text.strip())
    allow = (
        f"<p>To allow it in one place: <code>{escape(f'<!-- clarifier: allow {rule.name} because … -->')}</code> before the block. "
    )
    allow += f'To change how much it matters: <code>{rule.name} = "off"</code> under <code>[rules]</code> in <code>clarifier.toml</code>.</p>'
    body = f'<nav><a href="index.html">All rules</a></nav><h1><code>{rule.name}</code></h1><p class="about">{about}</p>'
    return _html(
        rule.name, f"{body}<p><strong>{_inline(' '.join(title.split()))}</strong></p>{paragraphs}{''.join(examples)}{allow}"
    )


def index() -> str:
    """The page that leads to all others, by group."""
    parts = [f'<h1>Rules of Clarifier</h1><p class="about">Version {__version__}, {len(RULES)} rules.</p>']
    for group in Group:
        rules = [rule for rule in RULES.values() if rule.group is group]
        if rules:
            parts.append(f"<h2>{group.capitalize()}</h2><dl>")
            parts += [
                f'<dt><a href="{r.name}.html">{r.name}</a> <small>{r.severity}</small></dt><dd>{_inline(_summary(r))}</dd>'
                for r in rules
            ]
            parts.append("</dl>")
    return _html("Rules of Clarifier", "".join(parts))


def pages() -> Mapping[str, str]:
    """Every page by the name of its file."""
    return {"index.html": index(), **{f"{name}.html": page(rule) for name, rule in RULES.items()}}


def save(folder: Path) -> Path:
    """Write all pages into a folder; the index. Raises CannotRun where they cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages().items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CannotRun(f"{folder}: cannot be written: {error.strerror or error}") from None
    return folder / "index.html"


def _summary(rule: Rule) -> str:
    said = " ".join(rule.manual.strip().split("\n\n")[0].split()).partition(": ")[2]
    return said[:1].upper() + said[1:]


def _article(severity: Severity) -> str:
    return {
        Severity.ERROR: "an error",
        Severity.WARNING: "a warning",
        Severity.INFORMATION: "an information",
        Severity.HINT: "a hint",
    }[severity]


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text))


def _html(title: str, body: str) -> str:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>\n'
