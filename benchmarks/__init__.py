"""How fast pagesort is, told by ratios to what anybody can measure in the same run: `python -m benchmarks`."""
