"""What an editor asks of analyses: offsets in, plain values out. No protocol, no disk."""
