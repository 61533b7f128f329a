"""Markdown into parts, blocks and sentences; sentences into words."""
