"""The manuals as pages for a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from clarifier.adapters import handbook
from clarifier.rules import RULES


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        self.links.extend(value or "" for name, value in attrs if name == "href")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_rule_has_a_page_that_the_index_leads_to(tmp_path: Path) -> None:
    index = handbook.save(tmp_path / "rules")
    read = {file.name: Page(file.read_text(encoding="utf-8")) for file in index.parent.iterdir()}
    assert set(read) == {"index.html", *(f"{name}.html" for name in RULES)}
    for page in read.values():
        assert page.open == []
        assert set(page.links) <= set(read)
    assert set(read["index.html"].links) == {f"{name}.html" for name in RULES}


def test_a_page_says_the_whole_manual() -> None:
    for rule in RULES.values():
        said = " ".join(Page(handbook.page(rule)).text.split())
        for word in re.findall(r"\w{5,}", rule.manual):
            assert word in said, (rule.name, word)
