"""What sentences mean: which oblige, which clauses there are to obey, what they say."""
