"""The optional language model: sample answers, grade them against clauses, keep the grades."""
