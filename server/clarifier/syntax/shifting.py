"""A part moved on by one character: what stands behind a byte order mark was parsed without it."""

from __future__ import annotations

from dataclasses import replace

from clarifier.syntax.document import Comment, Heading, IdMark, Link, Part
from clarifier.syntax.prose import Prose, Run


def shifted(part: Part) -> Part:
    """A part parsed without its byte order mark, moved on by that one character."""

    def prose(p: Prose) -> Prose:
        return replace(p, runs=tuple(Run(r.prose, r.length, r.source + 1, r.source_length) for r in p.runs))

    def mark(m: IdMark) -> IdMark:
        return IdMark(m.id, m.style, m.span.shifted(1), m.name_span.shifted(1))

    def heading(h: Heading | None) -> Heading | None:
        return h and replace(
            h,
            id=h.id and mark(h.id),
            attributes_span=h.attributes_span and h.attributes_span.shifted(1),
            title_span=h.title_span.shifted(1),
        )

    return replace(
        part,
        text="\ufeff" + part.text if not part.text.startswith("\ufeff") else part.text,
        blocks=tuple(
            replace(
                x,
                span=x.span.shifted(1),
                prose=tuple(map(prose, x.prose)),
                heading=heading(x.heading),
                content=x.content and x.content.shifted(1),
                ids=tuple(map(mark, x.ids)),
            )
            for x in part.blocks
        ),
        links=tuple(Link(x.target, x.span.shifted(1), x.target_span.shifted(1), x.text) for x in part.links),
        comments=tuple(Comment(x.text, x.span.shifted(1)) for x in part.comments),
        malformed=tuple((s.shifted(1), t) for s, t in part.malformed),
    )
