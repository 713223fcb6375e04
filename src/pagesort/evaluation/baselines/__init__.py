"""What the shipped judge is compared with: plain ways to judge a page, as judges like any other, in the same harness."""

from pagesort.evaluation.baselines.judge import BaselineJudge, Likeness, tuned
from pagesort.evaluation.baselines.likeness import BASELINES

__all__ = ["BASELINES", "BaselineJudge", "Likeness", "tuned"]
