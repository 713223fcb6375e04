"""How good the answers are: runs tasks with known answers through the classifier and scores them page by page."""

from pagesort.evaluation.report import Report, Speed
from pagesort.evaluation.run import run
from pagesort.evaluation.score import Scored, Unreadable
from pagesort.evaluation.table import render

__all__ = ["Report", "Scored", "Speed", "Unreadable", "render", "run"]
