"""Clarifier, an integrated thought clarifier for Markdown specifications.

The packages below are layers, and their alphabetical order is the order of the layers: a module imports only from
packages that are listed below its own.

    adapters    the outside world: command line, language server, files, formats
    assist      the optional language model
    engine      analyse, and answer
    rules       one file, one rule
    semantics   what sentences mean
    syntax      Markdown into clauses into words
    text        characters, spans, lines
"""

__version__ = "0.1.0"
