"""How good the answers are: runs tasks with known answers through the classifier and scores them page by page."""

from pagesort.evaluation.context import Context, contexts
from pagesort.evaluation.documents import Seams, seams
from pagesort.evaluation.outcome import Outcome
from pagesort.evaluation.report import Report, Speed
from pagesort.evaluation.run import Material, assess, assess_judges, gather, run, vary
from pagesort.evaluation.score import Scored, Unreadable
from pagesort.evaluation.table import render, render_contexts, render_seams, render_variants
from pagesort.evaluation.variants import VARIANTS

__all__ = [
    "VARIANTS",
    "Context",
    "Material",
    "Outcome",
    "Report",
    "Scored",
    "Seams",
    "Speed",
    "Unreadable",
    "assess",
    "assess_judges",
    "contexts",
    "gather",
    "render",
    "render_contexts",
    "render_seams",
    "render_variants",
    "run",
    "seams",
    "vary",
]
