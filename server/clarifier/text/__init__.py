"""Characters, spans and lines. Imports the standard library only."""
