"""Verdicts → the response: its values, and its JSON as on the wire."""

from pagesort.answer.build import build_answer, fault_verdict
from pagesort.answer.wire import answer_from_dict, answer_to_dict, answer_to_json

__all__ = ["answer_from_dict", "answer_to_dict", "answer_to_json", "build_answer", "fault_verdict"]
