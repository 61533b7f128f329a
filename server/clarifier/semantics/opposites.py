"""Which words mean the same, and which the opposite. Words are compared by their roots.

The pairs are lexical antonyms of English verbs, adjectives and nouns of requirements, in the sense of a dictionary: each
line is one opposition, either side may hold synonyms. Prefixes ("non-", "un-", "dis-") are opposed by form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from clarifier.semantics.roots import root
from clarifier.semantics.verbs import CHANGE, CHANGING

# Same action or thing in any specification; near-synonyms that two clauses may mean to tell apart are not here.
_SAME = """
retain keep preserve maintain store persist hold
delete erase purge destroy wipe expunge
remove drop
mark indicate
show display present render
send transmit
begin start commence
stop terminate halt cease
allow permit
forbid prohibit ban disallow
modify change edit alter update
get fetch retrieve obtain
select choose pick
reject refuse decline
notify inform
validate verify
use employ utilise utilize
respond reply
link associate
enter input
require need
create make add
log record
acknowledge confirm
expose disclose reveal publish
conceal hide mask
encrypt encipher
repeat retry
omit exclude
ignore disregard
user customer
maximum limit
copy duplicate replicate
minimum least
prior previous
"""

_OPPOSITE = """
retain keep preserve maintain store persist hold archive / delete erase purge destroy wipe discard expunge remove drop clear
enable activate / disable deactivate
allow permit authorise authorize grant / forbid prohibit ban disallow deny block prevent
grant issue / revoke withdraw
accept / reject refuse decline
approve / reject disapprove
show display present reveal view / hide conceal mask suppress
expose disclose publish reveal / hide conceal withhold redact
include contain insert / exclude omit
add insert / remove delete
attach / detach
append / prepend truncate
encrypt / decrypt
encode / decode
compress / decompress
lock / unlock
open / close
start begin resume initiate / stop end terminate halt suspend pause cease
increase raise extend maximise maximize / decrease reduce lower shorten minimise minimize
allocate acquire / release free deallocate
connect / disconnect
install / uninstall
subscribe / unsubscribe
register / unregister deregister
mount / unmount
pass / fail
succeed / fail
commit / abort rollback
load / unload
push / pull
upload / download
import / export
handle process / ignore discard
ignore disregard / reject abort fail error raise
follow obey honour honor respect / ignore disregard violate
forward / drop discard withhold
report / suppress conceal
produce generate emit / suppress
assign / unassign
link / unlink
mute / unmute
pin / unpin
expand / collapse
wait / proceed
continue / stop abort
ask / assume
answer / refuse decline
collect / discard
cache / bypass
trust / distrust
share / withhold
wake / sleep
merge / split
escape / unescape
serialize / deserialize
synchronous / asynchronous
internal / external
public / private
manual manually / automatic automatically
ascending / descending
first / last
oldest / newest
before / after
early / late
upper uppercase / lower lowercase
high higher highest / low lower lowest
maximum / minimum
mandatory required compulsory obligatory / optional voluntary
visible / hidden invisible
active / inactive
online / offline
local / remote
static / dynamic
mutable / immutable
valid / invalid
encrypted / plaintext unencrypted
plain / encrypted
temporary / permanent
persistent / transient
sequential / parallel concurrent
sensitive / insensitive
sorted / unsorted
single / multiple several many
one / multiple several
full / partial empty
complete / partial incomplete
strict / lenient
global / local
horizontal horizontally / vertical vertically
left / right
top / bottom
inclusive / exclusive
greater / less
more / fewer less
longer / shorter
larger / smaller
later / earlier
same / different
always / never
true / false
yes / no
on / off
success / failure
trusted / untrusted
known / unknown
handwritten / digital
signed / unsigned
lossy / lossless
verbose / terse concise
formal / informal
relative / absolute
big-endian / little-endian
deny-list / allow-list
blacklist / whitelist
"""

_PREFIXES = ("non", "un", "in", "im", "ir", "dis", "de", "semi")


def _classes() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in _SAME.strip().splitlines():
        first, *others = (root(word) for word in line.split())
        for word in (first, *others):
            found.setdefault(word, first)
    return found


_CONCEPTS = _classes()


def _opposites() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in _OPPOSITE.strip().splitlines():
        left, _, right = line.partition("/")
        for one in left.split():
            for other in right.split():
                found[root(one)].add(root(other))
                found[root(other)].add(root(one))
    return {word: frozenset(others) for word, others in found.items()}


_ANTONYMS = _opposites()


def concept(word: str) -> str:
    """One root for a root and its synonyms."""
    return _CONCEPTS.get(word, word)


def same(one: str, other: str) -> bool:
    """Whether two roots mean the same."""
    return one == other or concept(one) == concept(other)


@lru_cache(maxsize=50_000)
def opposed(one: str, other: str) -> bool:
    """Whether two roots are antonyms: by the list, or by a prefix."""
    if one == other:
        return False
    if other in _ANTONYMS.get(one, ()):
        return True
    return _negates(one, other) or _negates(other, one)


def _negates(longer: str, shorter: str) -> bool:
    return len(shorter) >= 4 and any(longer in (p + shorter, f"{p}-{shorter}") for p in _PREFIXES)


def _oppositions() -> Mapping[str, frozenset[str]]:
    """The lines of opposites on which each root stands."""
    found: dict[str, set[str]] = defaultdict(set)
    for number, line in enumerate(_OPPOSITE.strip().splitlines()):
        for word in line.replace("/", " ").split():
            found[root(word)].add(f"/{number}")
    return {word: frozenset(lines) for word, lines in found.items()}


_LINES = _oppositions()


@lru_cache(maxsize=50_000)
def topics(word: str) -> frozenset[str]:
    """What a root is found by: roots that are the same or opposed, or a kind of the other, have one of these in common."""
    stripped = (word.removeprefix(p).lstrip("-") for p in _PREFIXES if word.startswith(p) and len(word) > len(p) + 3)
    changing = (concept(CHANGE),) if word in CHANGING else ()
    return frozenset({concept(word), *map(concept, stripped), *_LINES.get(word, ()), *changing})
