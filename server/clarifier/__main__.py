"""`python -m clarifier` and the `clarifier` command."""

from clarifier.adapters.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
