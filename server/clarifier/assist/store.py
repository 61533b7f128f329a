"""Keeps every answer and grade in `.clarifier/grades.sqlite`, each as soon as it is there, so that none is paid for twice.

Anyone may read at any time; one run at a time writes. A run that is killed leaves everything it had been given.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from clarifier.assist.batches import Ledger, now
from clarifier.assist.grading import INSTRUCTIONS, Judgement
from clarifier.assist.opening import StoreUnusable as StoreUnusable
from clarifier.assist.opening import lock_of, opened
from clarifier.assist.questions import Answer
from clarifier.semantics.grades import BEST, Grade

PASS_RATE = 0.8  # of the pairs of precedents in which GOOD must outscore BAD


@dataclass(frozen=True, slots=True)
class ResponseKey:
    """What an answer is an answer to."""

    conversation: str
    model: str
    sample: int
    max_tokens: int


@dataclass(frozen=True, slots=True)
class GradeKey:
    """What a grade is a grade of; with the instructions' version it is the key of contract section 7."""

    rubric: str
    prompt: str
    model: str
    sample: int
    max_tokens: int
    grader: str


@dataclass(frozen=True, slots=True)
class Check:
    """How a grader did on precedents: in how many of the pairs GOOD outscored BAD."""

    grader: str
    pairs: int
    told_apart: int
    at: str

    @property
    def rate(self) -> float | None:
        """The share of pairs told apart; None without pairs."""
        return self.told_apart / self.pairs if self.pairs else None

    @property
    def passed(self) -> bool | None:
        """Whether the rate reaches the pass rate; None without pairs."""
        return None if self.rate is None else self.rate >= PASS_RATE


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: when, whether nothing was missing, and the mean of each clause by model."""

    at: str
    complete: bool
    means: Mapping[tuple[str, str], float]


class Store:
    """The grades of a folder. Every write is on disk when the call returns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def response(self, key: ResponseKey) -> Answer | None:
        """The answer kept for a key."""
        row = self._one(
            "SELECT text, tokens_in, tokens_out, cut FROM responses WHERE conversation=? AND model=? AND sample=? AND max_tokens=?",
            *_of(key),
        )
        return Answer(str(row[0]), _int(row[1]), _int(row[2]), bool(row[3])) if row else None

    def keep_response(self, key: ResponseKey, answer: Answer) -> None:
        """Keep an answer."""
        self._write(
            "INSERT OR REPLACE INTO responses VALUES (?,?,?,?,?,?,?,?,?)",
            *_of(key),
            _text(answer.text),
            int(answer.cut),
            answer.tokens_in,
            answer.tokens_out,
            now(),
        )

    def judgement(self, key: GradeKey) -> Judgement | None:
        """The judgement kept for a key under the present instructions."""
        row = self._one(
            "SELECT score, rationale, quote, quoted FROM grades WHERE rubric=? AND prompt=? AND model=? AND sample=? AND max_tokens=? AND grader=? AND instructions=?",
            *_of(key),
            INSTRUCTIONS,
        )
        return Judgement(_int(row[0]), str(row[1]), str(row[2]), bool(row[3])) if row else None

    def keep_judgement(
        self, key: GradeKey, clause: str, title: str, judged: Judgement, response: str, tokens_in: int, tokens_out: int
    ) -> None:
        """Keep a judgement of a response to the prompt of this title."""
        said = (judged.score, _text(judged.rationale), _text(judged.quote), int(judged.quoted), _text(response))
        self._write(
            f"INSERT OR REPLACE INTO grades VALUES ({','.join('?' * 17)})",
            *_of(key),
            INSTRUCTIONS,
            clause,
            _text(title),
            *said,
            tokens_in,
            tokens_out,
            now(),
        )

    def grades(self) -> dict[str, tuple[Grade, ...]]:
        """Every grade by clause ID, oldest first; those of precedents are the graders' own tests and not among them."""
        passed = {check.grader: check.passed for check in self.checks()}
        found: dict[str, list[Grade]] = {}
        for row in self._db.execute(
            "SELECT clause, rubric, prompt, title, model, grader, sample, score, rationale, quote, quoted, response, at "
            "FROM grades WHERE model != '' ORDER BY at, clause, prompt, model, sample, grader"
        ):
            clause, rubric, prompt, title, model, grader, sample, score, rationale, quote, quoted, response, at = row
            trusted = passed.get(grader)
            # What came with a cloned repository may hold anything, whatever the columns promise.
            first, said = (str(clause), str(rubric), str(prompt), str(title), str(model), str(grader)), (str(rationale), str(quote))
            grade = Grade(
                *first, _int(sample), min(BEST, max(1, _int(score))), *said, bool(quoted), trusted, str(response), str(at)
            )
            found.setdefault(grade.clause, []).append(grade)
        return {clause: tuple(grades) for clause, grades in found.items()}

    def keep_check(self, grader: str, pairs: int, told_apart: int) -> None:
        """Keep how a grader did on precedents."""
        self._write("INSERT INTO checks VALUES (?,?,?,?,?)", grader, INSTRUCTIONS, pairs, told_apart, now())

    def checks(self) -> tuple[Check, ...]:
        """The latest check of each grader under the present instructions."""
        rows = self._db.execute(
            "SELECT grader, pairs, told_apart, at FROM checks WHERE instructions=? ORDER BY rowid", (INSTRUCTIONS,)
        )
        found = {str(row[0]): Check(str(row[0]), _int(row[1]), _int(row[2]), str(row[3])) for row in rows}
        return tuple(found.values())

    def keep_run(self, specification: str, complete: bool, means: Iterable[tuple[str, str, float, int]]) -> None:
        """Keep what a run came to: clause, model, mean and number of grades."""
        with self._db:
            run = self._db.execute(
                "INSERT INTO runs (at, specification, complete) VALUES (?,?,?)", (now(), specification, int(complete))
            ).lastrowid
            self._db.executemany("INSERT INTO scores VALUES (?,?,?,?,?)", [(run, *mean) for mean in means])

    def runs(self) -> tuple[Run, ...]:
        """The runs in order of time."""
        means: dict[int, dict[tuple[str, str], float]] = {}
        for run, clause, model, mean in self._db.execute("SELECT run, clause, model, mean FROM scores ORDER BY run, clause, model"):
            means.setdefault(run, {})[(str(clause), str(model))] = float(mean) if isinstance(mean, int | float) else 0.0
        rows = self._db.execute("SELECT id, at, complete FROM runs ORDER BY id").fetchall()
        return tuple(Run(str(at), bool(complete), means.get(run, {})) for run, at, complete in rows)

    @property
    def batches(self) -> Ledger:
        """The batches that were handed in."""
        return Ledger(self._db)

    def _one(self, query: str, *values: object) -> tuple[object, ...] | None:
        row: tuple[object, ...] | None = self._db.execute(query, values).fetchone()
        return row

    def _write(self, statement: str, *values: object) -> None:
        with self._db:
            self._db.execute(statement, values)


@contextmanager
def writing(file: Path) -> Iterator[Store]:
    """The store for one run, made if it is not there. Raises StoreUnusable, also while another run writes."""
    with closing(lock_of(file)), closing(opened(file)) as connection:
        yield Store(connection)


@contextmanager
def reading(file: Path) -> Iterator[Store | None]:
    """The store for reading only; None if there is none yet. Raises StoreUnusable for what is no store."""
    if not file.is_file():
        yield None
        return
    with closing(opened(file)) as connection:
        connection.execute("PRAGMA query_only=ON")
        yield Store(connection)


def _of(key: ResponseKey | GradeKey) -> tuple[object, ...]:
    return tuple(getattr(key, name) for name in key.__slots__)


def _text(text: str) -> str:
    """Text that SQLite can keep: a lone surrogate, which no UTF-8 can say, becomes the replacement character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
