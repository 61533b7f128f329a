"""Norms: who must, may or must not do what, to what, and when. Passive and active give the same norm.

Where the grammar shows no such thing there is no norm; nothing is guessed.
"""

from clarifier.semantics.norms.duty import AGAINST, Duty
from clarifier.semantics.norms.reading import Norm, norms

__all__ = ["AGAINST", "Duty", "Norm", "norms"]
