"""How right the answers are, on every axis, as one page: `python -m benchmarks.accuracy`, which needs scipy."""
