"""Analyse a specification, and answer what an editor or a gate asks of the result."""
