"""Keys and endpoints: from the environment only, and out of everything that is shown, logged or kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_KEY_SHAPED = re.compile(r"\b(?:sk|sess|pk)-[\w*.\-]{6,}|(?i:\bBearer\s+)[\w.~+/=\-]{8,}")
_USER = re.compile(r"(?<=//)[^/@\s]+@")


class CannotAsk(Exception):
    """Why no model can be asked at all, in one sentence that holds no secret."""


@dataclass(frozen=True)
class Endpoint:
    """Where a model is asked, and with which key. The key is in no representation of this value."""

    key: str = field(repr=False)
    base_url: str | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        """The name of the host, fit to be shown."""
        return urlsplit(self.base_url).hostname or "an unnamed host" if self.base_url else "api.openai.com"

    @property
    def is_openai(self) -> bool:
        """Whether it is OpenAI's own, which knows developers and has renamed options."""
        return self.base_url is None or self.host == "api.openai.com"

    def redacted(self, text: str) -> str:
        """The text without the key, and without anything that looks like one."""
        if self.key and self.key != LOCAL:
            text = text.replace(self.key, "[key]")
        return _USER.sub("", _KEY_SHAPED.sub("[key]", text))

    def kept(self, text: str) -> str:
        """The text without the key itself; what a model says is otherwise kept as it was said."""
        return text.replace(self.key, "[key]") if self.key and self.key != LOCAL else text


LOCAL = "none"


def endpoint(environment: Mapping[str, str], role: str = "") -> Endpoint:
    """The endpoint that the user's environment names. Raises CannotAsk if it names none.

    For the grader `CLARIFIER_GRADER_API_KEY` and `CLARIFIER_GRADER_BASE_URL` go before `OPENAI_API_KEY` and
    `OPENAI_BASE_URL`. A key goes only to the address that is set beside it: with a grader's address of its own,
    the grader's own key is used or none. A server on an address of its own may need no key.
    """
    own_key, own_url = environment.get(f"CLARIFIER_{role}_API_KEY"), environment.get(f"CLARIFIER_{role}_BASE_URL")
    if role and own_url:
        base_url: str | None = own_url
        key = own_key or LOCAL
    else:
        base_url = environment.get("OPENAI_BASE_URL") or None
        key = (own_key if role else None) or environment.get("OPENAI_API_KEY") or (LOCAL if base_url else "")
    if not key:
        raise CannotAsk(
            "no model can be asked: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, in the environment"
        )
    if not key.isascii() or any(c.isspace() for c in key):
        raise CannotAsk("the key in the environment holds a space, a line end or a character that no key has")
    if base_url and urlsplit(base_url).scheme not in ("http", "https"):
        raise CannotAsk("OPENAI_BASE_URL must begin with http:// or https://")
    return Endpoint(key, base_url)
