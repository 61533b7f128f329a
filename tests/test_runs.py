"""`clarifier test` as users run it: what is asked, what is kept, what happens when it is stopped or killed."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import threading
from pathlib import Path

from .fault_server import Body, FaultServer, Reply, completion, grade, is_grading, well
from .graded_spec import SPEC, clarifier, laid_out, rows, scored, started, wait_for

KEY = "sk-test-0123456789abcdef"


def test_what_is_kept_is_not_asked_again(tmp_path: Path) -> None:
    laid_out(tmp_path)
    with FaultServer() as server:
        first = clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--grader", "g")
        assert first.returncode == 0, first.stderr
        assert len(server.requests) == 8
        assert "8 answers and grades asked for, 0 kept from before; 88 tokens in, 56 out." in first.stdout
        again = clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--grader", "g")
        assert again.returncode == 0, again.stderr
        assert "0 answers and grades asked for, 8 kept from before" in again.stdout
        assert len(server.requests) == 8
        other = clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--grader", "g", "--grader", "h")
        assert other.returncode == 0
        assert len(server.requests) == 12, "a second grader is asked about the answers that are there"


def test_the_grader_sees_clause_section_authority_precedents_and_expectations(tmp_path: Path) -> None:
    laid_out(tmp_path)
    with FaultServer() as server:
        assert clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--grader", "g").returncode == 0
    told = [str(b["messages"][1]["content"]) for b in server.requests if b["model"] == "g"]
    language = next(t for t in told if "Wie spät" in t)
    assert "<clause>\nThe assistant must answer in the language of the user's message.\n</clause>" in language
    for said in (
        "Section: Answers",
        "Authority: user",
        "[assistant: GOOD: French]\nBonjour !",
        "[assistant: BAD: English]",
        "[system]\nYou are a clock.",
    ):
        assert said in language
    source = next(t for t in told if "Mont Blanc" in t)
    assert "<expectations>\n- Name a source.\n</expectations>" in source
    assert "GOOD" not in source, "precedents of another section settle nothing here"
    sent = next(b for b in server.requests if "Wie spät" in str(b["messages"]) and b["model"] == "m")
    assert sent["messages"] == [{"role": "system", "content": "You are a clock."}, {"role": "user", "content": "Wie spät ist es?"}]


def test_a_dry_run_asks_nothing_and_needs_no_key(tmp_path: Path) -> None:
    laid_out(tmp_path)
    ran = clarifier(tmp_path, None, "test", "spec.md", "--model", "m", "--samples", "3", "--dry-run")
    assert ran.returncode == 0, ran.stderr
    assert "12 answers to ask for, 0 kept; 12 grades to ask for, 0 kept." in ran.stdout
    assert not (tmp_path / ".clarifier").exists()


def test_the_exit_status_says_whether_clauses_reach_the_threshold(tmp_path: Path) -> None:
    laid_out(tmp_path)
    with FaultServer(scored({"You were": 2})) as server:
        failing = clarifier(tmp_path, server, "test", "spec.md", "--model", "m")
        assert failing.returncode == 1
        assert "s0ry" in failing.stdout
        assert "2.0/7 of 1  below 5" in failing.stdout
        assert clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--threshold", "2").returncode == 0
        assert clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--clause", "l4ng").returncode == 0
        checked = clarifier(tmp_path, None, "check", "spec.md", "--format", "json")
    findings = [f for f in json.loads(checked.stdout)["findings"] if f["rule"] == "failing-grade"]
    assert [(f["clause"], f["severity"]) for f in findings] == [("s0ry", "warning")]
    assert "2.0 of 7" in findings[0]["message"]


def test_a_run_that_lacks_something_ends_with_2_and_the_next_asks_only_for_that(tmp_path: Path) -> None:
    laid_out(tmp_path)
    broken = FaultServer(lambda number, body: Reply({}, 400) if "Mont" in str(body["messages"][-1]["content"]) else well(body))
    with broken as server:
        ran = clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--attempts", "1")
        assert ran.returncode == 2
        assert "1 could not be had" in ran.stderr
        assert "Traceback" not in ran.stderr
    with FaultServer() as server:
        assert clarifier(tmp_path, server, "test", "spec.md", "--model", "m").returncode == 0
        assert len(server.requests) == 2


def test_killed_in_mid_run_nothing_is_asked_twice(tmp_path: Path) -> None:
    laid_out(tmp_path)
    never = threading.Event()

    def three_then_silence(number: int, body: Body) -> Reply:
        reply = well(body)
        reply.hold = never if number >= 3 else None
        return reply

    with FaultServer(three_then_silence) as server:
        process = started(tmp_path, server, "test", "spec.md", "--model", "m", "--grader", "g", "--concurrency", "2")
        file = tmp_path / ".clarifier" / "grades.sqlite"
        wait_for(
            lambda: (
                len(server.requests) >= 5
                and file.exists()
                and len(rows(tmp_path, "responses")) + len(rows(tmp_path, "grades")) == 3
            )
        )
        process.kill()
        process.communicate()
        answered = list(server.answered)
        never.set()
    with FaultServer() as server:
        assert clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--grader", "g").returncode == 0
        assert len(server.requests) == 8 - 3
        assert not [body for body in server.requests if body in answered]


def test_ctrl_c_keeps_what_is_under_way(tmp_path: Path) -> None:
    laid_out(tmp_path)
    gate = threading.Event()

    def held(number: int, body: Body) -> Reply:
        reply = well(body)
        reply.hold = gate
        return reply

    with FaultServer(held) as server:
        process = started(tmp_path, server, "test", "spec.md", "--model", "m", "--grader", "g", "--concurrency", "2")
        wait_for(lambda: len(server.requests) == 2)
        process.send_signal(signal.SIGINT)
        threading.Timer(0.3, gate.set).start()
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130, err
        assert "Stopping" in err
        assert len(rows(tmp_path, "responses")) == 2
        assert len(server.requests) == 2
        assert clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--grader", "g").returncode == 0
        assert len(server.requests) == 8


def test_one_run_at_a_time_writes(tmp_path: Path) -> None:
    laid_out(tmp_path)
    gate = threading.Event()

    def held(number: int, body: Body) -> Reply:
        reply = well(body)
        reply.hold = gate
        return reply

    with FaultServer(held) as server:
        process = started(tmp_path, server, "test", "spec.md", "--model", "m")
        wait_for(lambda: len(server.requests) > 0)
        second = clarifier(tmp_path, server, "test", "spec.md", "--model", "m")
        assert second.returncode == 2
        assert "another run is writing" in second.stderr
        assert clarifier(tmp_path, server, "report", "spec.md").returncode == 0, "reading is always possible"
        gate.set()
        process.communicate(timeout=60)
        assert process.returncode == 0


def test_only_clauses_changed_since_a_revision(tmp_path: Path) -> None:
    spec = laid_out(tmp_path)
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@t"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    spec.write_text(SPEC.replace("must name its sources", "must name at least one source"), encoding="utf-8")
    with FaultServer() as server:
        ran = clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--since", "HEAD")
        assert ran.returncode == 0, ran.stderr
        assert "1 of 3 clauses have changed since HEAD." in ran.stdout
        assert len(server.requests) == 2
        assert clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--since", "nowhere").returncode == 2


def test_a_changed_clause_makes_its_grades_stale_and_only_them(tmp_path: Path) -> None:
    spec = laid_out(tmp_path)
    with FaultServer() as server:
        assert clarifier(tmp_path, server, "test", "spec.md", "--model", "m").returncode == 0
        spec.write_text(
            "Some words above.\n\n" + SPEC.replace("must name its sources", "must name at least one source"), encoding="utf-8"
        )
        findings = json.loads(clarifier(tmp_path, None, "check", "spec.md", "--format", "json").stdout)["findings"]
        assert [f["clause"] for f in findings if f["rule"] == "stale-grade"] == ["s7rc"]
        assert clarifier(tmp_path, server, "test", "spec.md", "--model", "m").returncode == 0
        assert len(server.requests) == 9, "the answer is kept, it is graded anew"
        findings = json.loads(clarifier(tmp_path, None, "check", "spec.md", "--format", "json").stdout)["findings"]
        assert not [f for f in findings if f["rule"] == "stale-grade"]


def test_graders_are_tested_on_precedents(tmp_path: Path) -> None:
    laid_out(tmp_path)
    with FaultServer(scored({"Hello!": 2})) as server:
        ran = clarifier(tmp_path, server, "test", "spec.md", "--grader", "g", "--grader-check")
        assert ran.returncode == 0, ran.stderr
        assert "g: GOOD outscores BAD in 1 of 1 pairs (100%); the grader passes." in ran.stdout
        assert len(server.requests) == 2
        assert all("GOOD" not in str(b["messages"][1]["content"]) for b in server.requests), "no precedent is given away"
    with FaultServer() as server:
        ran = clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--grader", "blind", "--grader-check")
        assert ran.returncode == 1
        assert "blind: GOOD outscores BAD in 0 of 1 pairs (0%); the grader fails, and its grades are marked." in ran.stdout
        assert "4 grades do not count" in ran.stdout
        page = clarifier(tmp_path, None, "report", "spec.md", "--output", "-").stdout
        assert "the grader failed its check" in page
    kept = [row[0:4] for row in rows(tmp_path, "checks")]
    assert kept == [("g", "1", 1, 1), ("blind", "1", 1, 0)]


def test_graders_that_disagree_make_a_question(tmp_path: Path) -> None:
    laid_out(tmp_path)

    def divided(number: int, body: Body) -> Reply:
        return Reply(grade(body, 7 if body["model"] == "kind" else 2)) if is_grading(body) else well(body)

    with FaultServer(divided) as server:
        clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--clause", "s7rc", "--grader", "kind", "--grader", "strict")
    findings = json.loads(clarifier(tmp_path, None, "check", "spec.md", "--format", "json").stdout)["findings"]
    disputed = [f for f in findings if f["rule"] == "failing-grade" and f["severity"] == "information"]
    assert len(disputed) == 1
    assert "2 of 7" in disputed[0]["message"]
    assert "7 of 7" in disputed[0]["message"]
    assert disputed[0]["question"] == "Which of the two does “s7rc” mean?"


def test_a_false_quotation_is_asked_for_again_once_and_then_marked(tmp_path: Path) -> None:
    laid_out(tmp_path)

    def inventing(number: int, body: Body) -> Reply:
        return Reply(grade(body, 2, "words that no clause holds")) if is_grading(body) else well(body)

    with FaultServer(inventing) as server:
        ran = clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--clause", "s7rc")
        assert len(server.requests) == 3
        assert "Copy it exactly from: The assistant must name its sources." in server.requests[-1]["messages"][-1]["content"]
    assert ran.returncode == 0, "a grade that does not quote the clause fails nothing"
    assert "1 grades do not count" in ran.stdout


def test_replies_that_are_no_grades_are_asked_for_again(tmp_path: Path) -> None:
    laid_out(tmp_path)
    replies = iter(['{"quote": "x", "rationale": "y", "sco', '{"score": 9}'])

    def rambling(number: int, body: Body) -> Reply:
        return Reply(completion(next(replies))) if is_grading(body) and number < 3 else well(body)

    with FaultServer(rambling) as server:
        assert clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--clause", "s7rc").returncode == 0
        assert len(server.requests) == 4


def test_the_key_is_in_no_output_and_no_file(tmp_path: Path) -> None:
    laid_out(tmp_path)

    def telling(number: int, body: Body) -> Reply:
        if is_grading(body):
            return Reply(completion(json.dumps({"quote": KEY, "rationale": f"The key is {KEY}.", "score": 3})))
        if "Mont" in str(body["messages"]):
            return Reply({"error": {"message": f"no such thing for {KEY}"}}, 400)
        return Reply(completion(f"Authorization: Bearer {KEY}"))

    with FaultServer(telling) as server:
        outputs = [clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--attempts", "1")]
        outputs.append(clarifier(tmp_path, server, "report", "spec.md"))
        outputs.append(clarifier(tmp_path, server, "export", "inspect", "spec.md"))
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    with FaultServer(lambda number, body: Reply({"error": {"message": f"bad key {KEY}"}}, 401)) as server:
        outputs.append(clarifier(tmp_path, server, "test", "spec.md", "--model", "other"))
        assert outputs[-1].returncode == 2
    assert not [o for o in outputs if KEY in o.stdout + o.stderr or "Traceback" in o.stderr]
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(written) > 5
    assert not [file for file in written if KEY.encode() in file.read_bytes()]


def test_no_file_of_the_workspace_can_send_a_text_anywhere(tmp_path: Path) -> None:
    laid_out(tmp_path)
    with FaultServer() as server:
        (tmp_path / ".env").write_text(f"OPENAI_API_KEY=sk-x\nOPENAI_BASE_URL={server.url}\n")
        ran = clarifier(tmp_path, None, "test", "spec.md", "--model", "m")
        assert ran.returncode == 2
        assert "OPENAI_API_KEY" in ran.stderr
        (tmp_path / "clarifier.toml").write_text(f'[model]\nbase_url = "{server.url}"\n')
        ran = clarifier(tmp_path, None, "test", "spec.md", "--model", "m")
        assert ran.returncode == 2
        assert not server.requests


def test_batches_are_handed_in_and_taken_over(tmp_path: Path) -> None:
    laid_out(tmp_path)
    command = ("test", "spec.md", "--model", "m", "--grader", "g", "--batch")
    with FaultServer() as server:
        assert "batch_0: handed in" in clarifier(tmp_path, server, *command).stdout
        assert "batch_0: under way" in clarifier(tmp_path, server, *command).stdout
        assert len(server.batches) == 1, "what is under way is not handed in again"
        server.finish_batches()
        second = clarifier(tmp_path, server, *command)
        assert "4 answers and grades taken over" in second.stdout
        assert "batch_1: handed in" in second.stdout
        server.finish_batches()
        last = clarifier(tmp_path, server, *command)
        assert last.returncode == 0, last.stderr
        assert "l4ng" in last.stdout
        assert clarifier(tmp_path, server, "test", "spec.md", "--model", "m", "--grader", "g").returncode == 0
        assert not server.requests, "all of it came from batches"


def test_a_batch_that_was_made_when_the_run_was_killed_is_found_again(tmp_path: Path) -> None:
    laid_out(tmp_path)
    command = ("test", "spec.md", "--model", "m", "--grader", "g", "--batch")
    with FaultServer() as server:
        server.answers_batches.clear()
        killed = started(tmp_path, server, *command)
        assert server.batch_made.wait(60)
        killed.kill()
        killed.wait()
        server.answers_batches.set()
        again = clarifier(tmp_path, server, *command)
        assert "batch_0: under way" in again.stdout, again.stderr
        assert list(server.batches) == ["batch_0"], "it is not paid for twice"
        server.finish_batches()
        assert "4 answers and grades taken over" in clarifier(tmp_path, server, *command).stdout


def test_a_batch_that_was_not_made_is_handed_in_by_the_next_run(tmp_path: Path) -> None:
    laid_out(tmp_path)
    command = ("test", "spec.md", "--model", "m", "--grader", "g", "--batch")
    with FaultServer() as server:
        clarifier(tmp_path, server, *command)
        server.batches.clear()
        connection = sqlite3.connect(tmp_path / ".clarifier" / "grades.sqlite")
        with connection:
            connection.execute("UPDATE batches SET state='intended'")
        connection.close()
        assert "batch_0: handed in" in clarifier(tmp_path, server, *command).stdout


def test_what_is_no_store_is_said_in_one_sentence(tmp_path: Path) -> None:
    laid_out(tmp_path)
    file = tmp_path / ".clarifier" / "grades.sqlite"
    file.parent.mkdir()
    for content in (b"not a database at all, but long enough to be taken for one" * 20, None):
        if content is not None:
            file.write_bytes(content)
        else:
            file.unlink()
            connection = sqlite3.connect(file)
            connection.execute("CREATE TABLE other (x)")
            connection.close()
        with FaultServer() as server:
            ran = clarifier(tmp_path, server, "test", "spec.md", "--model", "m")
        assert ran.returncode == 2
        assert "is not a store of grades" in ran.stderr
        assert "Traceback" not in ran.stderr
        assert clarifier(tmp_path, None, "check", "spec.md", "--fail-on", "never").returncode == 0


def test_bad_calls_say_what_is_missing(tmp_path: Path) -> None:
    laid_out(tmp_path)
    for arguments, said in (
        (("test", "spec.md"), "--model"),
        (("test", "nowhere.md", "--model", "m"), "nowhere.md"),
        (("test", "spec.md", "--model", "m", "--clause", "zzzz"), "“zzzz”"),
    ):
        ran = clarifier(tmp_path, None, *arguments)
        assert ran.returncode == 2
        assert said in ran.stderr
        assert "Traceback" not in ran.stderr
