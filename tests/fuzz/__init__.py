"""Coverage-guided fuzzing, for who has atheris: `python -m tests.fuzz.fuzz_texts documents -max_total_time=300`."""
