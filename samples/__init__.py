"""Invented documents of invented people and firms: what the demo, the tests and the benchmarks work on.

Not part of the installed package. Everything is drawn by this code and follows from a seed: the same seed, the same bytes.
"""
