"""Sights → verdicts: the classifier back ends, and the classes they are asked for."""

from pagesort.judge.classes import ClassesInput, parse_classes
from pagesort.judge.models import Judges, available_models

__all__ = ["ClassesInput", "Judges", "available_models", "parse_classes"]
