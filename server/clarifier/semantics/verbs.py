"""Classes of verbs, by how two duties with one of them go together. Compared by root."""

from __future__ import annotations

from clarifier.semantics.roots import root
from clarifier.semantics.wordlists import words


def _roots(listed: str) -> frozenset[str]:
    return frozenset(map(root, words(listed)))


# The object may be one among others, so that two clauses with different objects add up.
ADDING = _roots(
    "support include provide display contain accept log allow offer list validate check record report handle process show "
    "send read write notify protect improve verify consider add describe document define implement expose monitor collect "
    "capture manage have permit enable help detect compare generate create view output identify recognize recognise store"
)

# The object is a part, or one of the things that something is made of.
HOLDING = _roots("contain include consist comprise carry list have hold use accept send")

# Undone and done again in the life of a thing, so that to do both is no contradiction unless both are always due.
REVERSIBLE = _roots(
    "open close lock unlock connect disconnect start begin resume initiate stop end terminate halt suspend pause add insert "
    "remove attach detach subscribe unsubscribe mount unmount load unload push pull pin unpin mute unmute wake sleep "
    "register unregister deregister assign unassign link unlink install uninstall"
)

# One thing has one order.
ORDERING = _roots("sort order rank group")

# What is shown to somebody he may see, and what is hidden from him he may not.
SHOWING = _roots("show display present reveal expose disclose")
HIDING = _roots("hide conceal withhold")
SEE = root("view")

# Whoever supports a thing lets it be used.
SUPPORT = root("support")
USING = _roots("use employ utilize utilise enable activate")

# What a text does with what stands in it.
TELLING = _roots("include contain display show list state specify mention present name carry")

# To do any of these is to change the thing.
CHANGING = _roots("replace overwrite override toggle switch reset rename adjust correct rewrite increment decrement convert")
CHANGE = root("change")

# Two halves of one service: whoever does the one does the other too.
COMPLEMENTS = frozenset(
    frozenset(map(root, pair.split("/")))
    for pair in words(
        "read/write send/receive import/export upload/download load/save get/set request/respond enter/leave define/modify create/view"
    )
)
