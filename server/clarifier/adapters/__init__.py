"""The outside world: command line, language server, files and formats."""
