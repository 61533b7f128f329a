"""The letters that a fuzzer writes with: a byte stands for a character of ASCII, or for a piece of Markdown."""

from __future__ import annotations

PIECES = (
    *("# Rules {#rules authority=user}\n", "## Sign-in\n", "# T #\n", "Set\n===\n", "   # I\n", "> # Q {#q}\n", "## S {authority=root #c .k}\n"),
    *("- item\n", "  - deeper[^x1].\n", "1. x\n", "1) > - deep. Er.\n", "- [ ] task\n", "\t- tab\n", "    code\n", "> quoted\n"),
    *("```\n", "~~~~xml\n", "~~~\n", "<!-- c -->", "<!--", "-->", "<div>\n", "</div>\n", '<a id="z">', "---\n", "+++\n"),
    *("| a | b |\n|---|---|\n| x \\| y | `a|b` |\n", "| Req ID | must |\n|-|-|\n", "| FR-3 | wait |\n", "\\|", "|---|\n"),
    *("**FR-1**: must\n", "[SRS_1] can\n", "REQ-12: y\n", "r[a.b]\n", "[^ab12]", "[^a b]", "[^q", "[^1]: def\n", "[#ab12]"),
    *("[l](#rules 't')", "[l](<u v>)", "![a [b](c)](d)", "<http://x.y>", "[r]: t\n", "[l][r]", "[?](#sign-in)", "](", "]:"),
    *("&amp;", "&#x1F600;", "&nope;", "`` ` ``", "`co de`", "***", "**st**", "~~s~~", "{#x .c k=v}", '!!! meta "C"\n    in\n'),
    *("The server MUST wait[^ab12]. ", "It should be fast, etc. ", "The server:\n\n", "TBD ", " and/or ", "must not ", "e.g. ", "?! "),
    *("<!-- clarifier: allow and-or because both are meant -->\n", "<!-- clarifier: allow-file ", "[NEEDS CLARIFICATION: Who? → me]"),
    *("<user>\n", "</user>\n", "<assistant> <!-- BAD[#ab12]: rude -->\n", "</assistant>\n", "<!-- GOOD -->", "**Example**: one\n"),
    *("Examples for [^ab12] in Rules:\n", "The system should:\n", "## Clarifications\n", "- Q: a → A: b\n", '"Thing" means a thing. '),
    *("\n", "\n\n", "\r\n", "\r", "\u2028", "\x0b", "\x0c", "\x85", "\x1c", "\xa0", "\u3000", "\ufeff", "\0", "\ud800", "\udc00", "😀", "é"),
    *("e\u0301", "ß", "ı", "İ", "“", "”", "…", "Tabs\tand  \n", "\\\n", "İ must ", "1.5 s", "30 days", "ﬁ", "\u200b", "\x1b[31m"),
)  # fmt: skip
SETTINGS = (
    *("include = [", "exclude = [", "imports = [", "dirs = [", "levels = [", '"**/*.md"', '"."', '".."', '"/etc"', '"!a"', '"[a-"', '"**"'),
    *("[clauses]\n", "[rules]\n", "[conflicts]\n", "[prompts]\n", "[authority]\n", "[answers]\n", "[terms]\n", "[tool.clarifier]\n"),
    *("normative = ", '"auto"', '"rfc2119"', '"all"', "scope = ", '"file"', "log = ", '"none"', '"user"', "vague-term = ", '"off"', '"error"'),
    *("]\n", "]", ", ", " = ", "\n", '"', "'''", '"""', "{", "}", "= 1\n", "= 9" + "9" * 40 + "\n", "= inf\n", "= nan\n", "= 1979-05-27\n"),
    *("= true\n", "[[rules]]\n", "[" * 60, "a.b.c.d = 1\n", '"\\u0000"', '"\\ud800"', '"\\uD83D"', "\ufeff", "\0", "# c\n", "é", "😀"),
)  # fmt: skip
# Bytes from here on stand for pieces, those below for themselves.
_FIRST = 128
assert max(len(PIECES), len(SETTINGS)) <= 256 - _FIRST


def spelt(content: bytes, pieces: tuple[str, ...] = PIECES) -> str:
    """The text that bytes spell."""
    return "".join(chr(byte) if byte < _FIRST else pieces[(byte - _FIRST) % len(pieces)] for byte in content)


def spelt_settings(content: bytes) -> str:
    """The configuration that bytes spell."""
    return spelt(content, SETTINGS)


def spelling(piece: str, pieces: tuple[str, ...] = PIECES) -> bytes:
    """The bytes that spell a letter of ASCII or a piece."""
    return bytes([_FIRST + pieces.index(piece) if piece in pieces else ord(piece)])
