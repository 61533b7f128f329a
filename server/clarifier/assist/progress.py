"""How far a run has come, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Progress:
    """How far a run has come. `done` and `total` count answers and grades; `failed` says of each what went wrong."""

    total: int
    done: int = 0
    asked: int = 0
    kept: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    clause: str = ""
    failed: list[str] = field(default_factory=list)
    stopped: bool = False

    @property
    def complete(self) -> bool:
        """Whether everything was had."""
        return not self.failed and not self.stopped and self.done == self.total
