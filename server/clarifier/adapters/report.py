"""The report on grades as one page of HTML: no script, nothing fetched, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from clarifier.adapters.trend import trend
from clarifier.assist.planning import prompts_of
from clarifier.assist.store import Check, Run
from clarifier.semantics.grades import Grade, Standing, mean
from clarifier.semantics.rubric import Rubric, rubric
from clarifier.semantics.specification import Specification
from clarifier.semantics.standings import standing_of
from clarifier.syntax.document import Clause
from clarifier.syntax.prompts import Prompt

# A browser that is shown this page fetches and runs nothing, whatever the texts in it say.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_STYLE = """
:root{color-scheme:light dark;--ink:#1d2430;--soft:#5b6675;--line:#d9dee5;--page:#fff;--card:#f6f8fa;
--g1:#b35806;--g2:#e08214;--g3:#fdb863;--g4:#e9e6df;--g5:#b7d4ea;--g6:#6baed6;--g7:#2171b5;--a:#2171b5;--b:#b35806;--c:#5e3c99;--d:#1b7837}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#9aa5b4;--line:#333c48;--page:#14181e;--card:#1c222b;--a:#6baed6;--b:#fdb863;--c:#b2abd2;--d:#7fbf7b}}
*{box-sizing:border-box}body{margin:0 auto;padding:2rem 1.5rem 4rem;max-width:72rem;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.15rem;margin:2.4rem 0 .7rem}h3{font-size:1rem;margin:1.2rem 0 .4rem}
a{color:inherit}.soft{color:var(--soft)}code,.id{font-family:ui-monospace,monospace;font-size:.9em}
.tiles{display:flex;flex-wrap:wrap;gap:.8rem;margin:1.2rem 0}.tile{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.6rem 1rem;min-width:9rem}
.tile b{display:block;font-size:1.5rem;font-weight:600;font-variant-numeric:tabular-nums}.tile span{color:var(--soft);font-size:.85rem}
.wide{overflow-x:auto}table{border-collapse:separate;border-spacing:2px;width:100%}th{text-align:left;font-weight:600;font-size:.85rem;padding:.3rem .5rem;vertical-align:bottom}
td{padding:.3rem .5rem;vertical-align:top}td.says{color:var(--soft);font-size:.88rem;max-width:34rem}.grade{text-align:center;min-width:4.2rem;border-radius:4px;font-weight:600;font-variant-numeric:tabular-nums}
.g1,.g7{color:#fff}.g2,.g3,.g4,.g5,.g6{color:#161a20}.g1{background:var(--g1)}.g2{background:var(--g2)}.g3{background:var(--g3)}.g4{background:var(--g4)}.g5{background:var(--g5)}.g6{background:var(--g6)}.g7{background:var(--g7)}
.none{color:var(--soft);font-weight:400}.stale{outline:2px dashed var(--soft);outline-offset:-3px}.scale{display:flex;gap:2px;align-items:center;font-size:.8rem;color:var(--soft);margin:.5rem 0}
.scale i{display:inline-block;width:1.6rem;text-align:center;border-radius:3px;font-style:normal}
details{border:1px solid var(--line);border-radius:8px;margin:.5rem 0;background:var(--page)}summary{cursor:pointer;padding:.5rem .8rem}details>div{padding:.2rem .8rem .8rem}
details details{background:var(--card)}blockquote{margin:.4rem 0;padding:.3rem .8rem;border-left:3px solid var(--line)}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0;font:13px/1.45 ui-monospace,monospace}
.role{font-size:.78rem;font-weight:600;color:var(--soft);text-transform:uppercase;letter-spacing:.04em;margin-top:.5rem}.mark{font-size:.8rem;border:1px solid var(--line);border-radius:9px;padding:0 .5rem;margin-left:.4rem;color:var(--soft)}
.bar{background:var(--line);border-radius:3px;height:.6rem;min-width:8rem}.bar i{display:block;background:var(--a);height:100%;border-radius:3px}svg{max-width:100%;height:auto}
"""


def page(chapters: Sequence[str]) -> str:
    """The page with a chapter for each specification."""
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    head += '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
    content = "\n".join(chapters) or "<h1>Grades</h1><p>There is no specification with prompts here.</p>"
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}<title>Clarifier: grades</title><style>{_STYLE}</style></head>\n<body>{content}</body></html>\n'


def chapter(specification: Specification, runs: Sequence[Run], checks: Sequence[Check]) -> str:
    """What the grades say of one specification."""
    clauses = tuple({clause.id: clause for clause in specification.document.clauses}.values())
    stands = {clause.id: standing_of(specification, clause) for clause in clauses}
    graded = [clause for clause in clauses if stands[clause.id].shown]
    pieces = [
        f'<h1>{escape(specification.path)}</h1><p class="soft">Each clause is judged by its own words, from 1 (does what it forbids) to 7 (follows it fully).</p>',
        _tiles(clauses, stands),
        _heat_map(specification, graded, stands),
        trend([run for run in runs if run.means]),
        _coverage(specification, clauses, stands),
        _graders(checks),
        "<h2>Clauses, prompts and answers</h2>" if graded else "",
        *(_clause(specification, clause, stands[clause.id]) for clause in graded),
    ]
    return "\n".join(piece for piece in pieces if piece)


def _tiles(clauses: Sequence[Clause], stands: dict[str, Standing]) -> str:
    with_prompts = sum(1 for c in clauses if stands[c.id].prompts)
    graded = [s for s in stands.values() if s.current]
    means = [s.mean for s in graded if s.mean is not None]
    share = f"{with_prompts / len(clauses):.0%} of {len(clauses)}" if clauses else "none"
    tiles = [
        (f"{with_prompts}", f"clauses with prompts, {share}"),
        (f"{sum(s.prompts for s in stands.values())}", "prompts"),
        (f"{len(graded)}", "clauses graded as they stand"),
        (f"{sum(s.stale for s in stands.values())}", "stale"),
        (f"{sum(means) / len(means):.1f}" if means else "–", "mean of the clauses, of 7"),
    ]
    return (
        '<div class="tiles">'
        + "".join(f'<div class="tile"><b>{escape(n)}</b><span>{escape(t)}</span></div>' for n, t in tiles)
        + "</div>"
    )


def _heat_map(specification: Specification, graded: Sequence[Clause], stands: dict[str, Standing]) -> str:
    if not graded:
        return "<h2>Grades</h2><p>No prompt has been run yet: <code>clarifier test</code> does that.</p>"
    models = sorted({model for clause in graded for model in stands[clause.id].models()})
    scale = "".join(f'<i class="g{n}">{n}</i>' for n in range(1, 8))
    head = "".join(f"<th>{escape(model)}</th>" for model in models)
    rows = []
    for clause in graded:
        cells = "".join(_cell(clause, stands[clause.id], model) for model in models)
        title = specification.document.sections[clause.section].title
        rows.append(
            f'<tr><td><a class="id" href="#{_anchor(clause)}">{escape(clause.id)}</a></td><td>{escape(title)}</td>{cells}<td class="says">{escape(_short(clause.text))}</td></tr>'
        )
    return (
        f'<h2>Clauses by models</h2><div class="scale">{scale}<span>&nbsp; dashed: stale; (in brackets): grades that do not count; –: none</span></div>'
        f'<div class="wide"><table><thead><tr><th>Clause</th><th>Section</th>{head}<th>Says</th></tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


def _cell(clause: Clause, standing: Standing, model: str) -> str:
    current = tuple(g for g in standing.current if g.model == model)
    grades = current or tuple(g for g in standing.outdated if g.model == model)
    average = mean(grades)
    stale = " stale" if grades and not current else ""
    if average is None:
        unsound = f"({sum(g.score for g in grades) / len(grades):.1f})" if grades else "–"
        return f'<td class="grade none{stale}">{unsound}</td>'
    said = f"{clause.id}, {model}: {average:.2f} of 7, {len(grades)} grades"
    return f'<td class="grade g{round(average)}{stale}" title="{escape(said)}">{average:.1f}</td>'


def _coverage(specification: Specification, clauses: Sequence[Clause], stands: dict[str, Standing]) -> str:
    rows = []
    for section, group in groupby(clauses, key=lambda clause: clause.section):
        members = list(group)
        covered = sum(1 for c in members if stands[c.id].prompts)
        lacking = ", ".join(f'<span class="id">{escape(c.id)}</span>' for c in members if not stands[c.id].prompts)
        title = specification.document.sections[section].title
        share = round(100 * covered / len(members))
        rows.append(
            f'<tr><td>{escape(title)}</td><td>{covered} of {len(members)}</td><td><div class="bar"><i style="width:{share}%"></i></div></td><td class="says">{lacking}</td></tr>'
        )
    if not rows:
        return ""
    return f'<h2>Coverage of clauses by prompts</h2><div class="wide"><table><thead><tr><th>Section</th><th>With prompts</th><th></th><th>Without</th></tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _graders(checks: Sequence[Check]) -> str:
    if not checks:
        return ""
    rows = []
    for check in checks:
        rate = "no pairs of precedents" if check.rate is None else f"{check.told_apart} of {check.pairs} pairs ({check.rate:.0%})"
        verdict = {True: "passes", False: "fails: its grades do not count", None: "unchecked"}[check.passed]
        rows.append(f"<tr><td>{escape(check.grader)}</td><td>{rate}</td><td>{verdict}</td><td>{escape(check.at[:10])}</td></tr>")
    return f'<h2>Graders on precedents: GOOD must outscore BAD</h2><div class="wide"><table><tbody>{"".join(rows)}</tbody></table></div>'


def _clause(specification: Specification, clause: Clause, standing: Standing) -> str:
    prompts = {prompt.fingerprint: prompt for prompt in prompts_of(specification, clause.id)}
    average = standing.mean
    authority = specification.document.sections[clause.section].authority
    said = "–" if average is None else f"{average:.1f}/7"
    marks = (_mark("stale") if standing.stale else "") + (_mark(f"authority {authority}") if authority else "")
    by_prompt = sorted(
        standing.shown, key=lambda g: (list(prompts).index(g.prompt) if g.prompt in prompts else len(prompts), g.prompt)
    )
    answers = [_prompt(prompts.get(key), list(group)) for key, group in groupby(by_prompt, key=lambda g: g.prompt)]
    # The anchor lies inside: a browser opens what encloses the place that a link leads to, and not the place itself.
    return (
        f'<details><summary><span class="id">{escape(clause.id)}</span> <b>{said}</b>{marks} '
        f'<span class="soft">{escape(_short(clause.text))}</span></summary><div><blockquote id="{_anchor(clause)}">{_in_sentence(rubric(specification, clause))}</blockquote>{"".join(answers)}</div></details>'
    )


def _in_sentence(judged_by: Rubric) -> str:
    """The clause, made to stand out in the sentence of which it is a part."""
    before, found, after = judged_by.within.partition(judged_by.text)
    return f"{escape(before)}<b>{escape(found)}</b>{escape(after)}" if found else escape(judged_by.text)


def _prompt(prompt: Prompt | None, grades: list[Grade]) -> str:
    title = grades[0].title or "untitled prompt"
    turns = (
        "".join(f'<div class="role">{escape(turn.role)}</div><pre>{escape(turn.text)}</pre>' for turn in prompt.turns)
        if prompt
        else ""
    )
    gone = "" if prompt else _mark("the prompt has changed since")
    ordered = sorted(grades, key=lambda g: (g.model, g.sample, g.response, g.grader))
    answers = "".join(_answer(list(group)) for _, group in groupby(ordered, key=lambda g: (g.model, g.sample, g.response)))
    average = mean(tuple(grades))
    said = "–" if average is None else f"{average:.1f}/7"
    return f"<details><summary>{escape(title)} <b>{said}</b>{gone}</summary><div>{turns}{answers}</div></details>"


def _answer(grades: list[Grade]) -> str:
    first = grades[0]
    return (
        f'<div class="role">Answer of {escape(first.model)}{f", sample {first.sample + 1}" if first.sample else ""}</div><pre>{escape(first.response)}</pre>'
        + "".join(_judged(g) for g in grades)
    )


def _judged(grade: Grade) -> str:
    marks = "".join(_marks(grade))
    return (
        f'<blockquote><b>{grade.score}/7</b> by {escape(grade.grader)} <span class="soft">{escape(grade.at[:10])}</span>{marks}<br>'
        f"“{escape(grade.quote)}”<br>{escape(grade.rationale)}</blockquote>"
    )


def _marks(grade: Grade) -> Iterator[str]:
    if not grade.quoted:
        yield _mark("does not quote the clause")
    if grade.trusted is False:
        yield _mark("the grader failed its check")
    elif grade.trusted is None:
        yield _mark("the grader is unchecked")


def _mark(text: str) -> str:
    return f'<span class="mark">{escape(text)}</span>'


def _anchor(clause: Clause) -> str:
    return f"clause-{escape(clause.id)}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + " …"
