"""Commands of the command line, a module for each family; `cli.py` registers them."""
