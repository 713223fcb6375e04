"""Measure what quantisation costs: the shipped encoder against the float model it was made from.

    python -m train.measure_encoder

Prints one JSON line; the figures of `MODEL_CARD.md` come from here. Time is given as a ratio only, both models run in
turns on one thread.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from train.encoder import WEIGHTS, export_float  # first: it turns onnxruntime's telemetry off

import onnxruntime as ort  # isort: skip
from tokenizers import Tokenizer

NAMES = [
    *("invoice", "bank statement", "pay slip", "passport", "driving licence", "utility bill", "lease agreement"),
    *("birth certificate", "tax return", "medical report", "prescription", "purchase order", "delivery note"),
    *("curriculum vitae", "cover letter", "insurance policy", "claim form", "discharge summary", "court order"),
    *("power of attorney", "bill of lading", "packing list", "credit report", "loan application", "blood test results"),
    *("death certificate", "building permit", "meeting minutes", "price quotation", "cash receipt", "boarding pass"),
    *("school transcript", "vaccination record", "customs declaration", "land register extract", "warranty card"),
    *("safety data sheet", "annual report", "timesheet", "marriage certificate"),
]
FRAMES = [
    "{}",
    "A {} for Mrs Odile Varga, page 3 of 7.",
    "Please find attached the {} that you asked for on the telephone last Tuesday.",
    "{}: number 40-2291, issued in Brackwater on 4 March, total 1,210.55",
    "What does a {} look like, and who signs it?",
    "Dear Mr Tamboli, thank you for sending us your {}. Before we can go on we need your signature on the second page, the "
    "name of your employer, and proof of where you live; none of them may be older than three months.",
]
SENTENCES = [frame.format(name) for name in NAMES for frame in FRAMES]
Vectors = NDArray[np.float32]


def session(path: Path) -> ort.InferenceSession:
    """The model at `path`, on one thread, as pagesort runs it."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(model: ort.InferenceSession, ids: NDArray[np.int64], mask: NDArray[np.int64] | None = None) -> Vectors:
    """Token ids, texts × tokens → texts × 384."""
    vectors: Vectors = model.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids) if mask is None else mask})[0]
    return vectors


def encode(model: ort.InferenceSession, tokenizer: Tokenizer, texts: list[str]) -> Vectors:
    """One text at a time."""
    return np.concatenate([run(model, np.array([tokenizer.encode(text).ids])) for text in texts])


def encode_together(model: ort.InferenceSession, tokenizer: Tokenizer, texts: list[str]) -> Vectors:
    """All texts in one padded batch."""
    rows = [tokenizer.encode(text).ids for text in texts]
    ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for row, tokens in zip(ids, rows, strict=True):
        row[: len(tokens)] = tokens
    return run(model, ids, (ids != 0).astype(np.int64))


def rank_agreement(first: Vectors, second: Vectors) -> float:
    """Mean over the rows of Spearman's rank correlation between two score matrices of equal shape."""
    ranks = [scores.argsort(1).argsort(1) for scores in (first, second)]
    return float(np.mean([np.corrcoef(one, other)[0, 1] for one, other in zip(*ranks, strict=True)]))


def time_ratio(model: ort.InferenceSession, reference: ort.InferenceSession, tokens: int = 64, turns: int = 60) -> float:
    """Fastest run of `model` over the fastest run of `reference`, for one text of `tokens` tokens."""
    ids = np.random.default_rng(0).integers(1_000, 29_000, (1, tokens))
    fastest = [np.inf, np.inf]
    for _ in range(turns):
        for which, each in enumerate((model, reference)):
            start = time.perf_counter()
            run(each, ids)
            fastest[which] = min(fastest[which], time.perf_counter() - start)
    return fastest[0] / fastest[1]


def main() -> None:
    """Export the float model, compare, print."""
    tokenizer = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    with tempfile.TemporaryDirectory() as scratch:
        export_float(Path(scratch, "float.onnx"))
        float_bytes = Path(scratch, "float.onnx").stat().st_size
        exact = session(Path(scratch, "float.onnx"))
    small = session(WEIGHTS / "encoder.onnx")
    wanted, got = encode(exact, tokenizer, SENTENCES), encode(small, tokenizer, SENTENCES)
    wanted_scores, got_scores = wanted @ encode(exact, tokenizer, NAMES).T, got @ encode(small, tokenizer, NAMES).T
    cosines = (wanted * got).sum(1)
    figures = {
        "sentences": len(SENTENCES),
        "megabytes": (WEIGHTS / "encoder.onnx").stat().st_size / 1e6,
        "float_megabytes": float_bytes / 1e6,
        "cosine_mean": float(cosines.mean()),
        "cosine_least": float(cosines.min()),
        "rank_agreement": rank_agreement(wanted_scores, got_scores),
        "same_nearest_name": float((wanted_scores.argmax(1) == got_scores.argmax(1)).mean()),
        "similarity_shift_mean": float((got_scores - wanted_scores).mean()),
        "similarity_error_mean": float(np.abs(got_scores - wanted_scores).mean()),
        "similarity_error_most": float(np.abs(got_scores - wanted_scores).max()),
        "cosine_least_batched_or_alone": float((got * encode_together(small, tokenizer, SENTENCES)).sum(1).min()),
        "time_ratio_64_tokens": time_ratio(small, exact),
    }
    sys.stdout.write(json.dumps({name: round(value, 4) for name, value in figures.items()}) + "\n")


if __name__ == "__main__":
    main()
