"""Sentences → vectors: the embedded sentence encoder, all-MiniLM-L6-v2 in int8. See `weights/MODEL_CARD.md`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pagesort.errors import PagesortError
from pagesort.judge.shipped import WEIGHTS

SIZE = 384
"""Numbers in one vector."""
MOST_TOKENS = 512
"""As many positions as the model has."""
PASSAGES, PASSAGE = 2, 128
"""Passages of a page that are read, and tokens of each, the two marks included: what the model was trained on by its authors."""

_CHARACTERS_PER_TOKEN = 64
"""Words are far shorter; what lies beyond need not be tokenised to be cut off."""
_REMEMBERED = 4_096
"""Vectors kept (1.5 KB each): the same class names and headings come back on every page."""


class Encoder:
    """Turns texts into vectors whose dot product tells how near they are in meaning (1: the same, about 0: strangers).

    Loads onnxruntime and the weights when constructed; raises `PagesortError` naming a file that cannot be loaded.
    Safe to share between threads.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._tokenizer = _load_tokenizer(folder / "tokenizer.json")
        self._session = _load_session(folder / "encoder.onnx")
        self._vector = lru_cache(maxsize=_REMEMBERED)(self._run)

    def encode(self, texts: Sequence[str], max_tokens: int = 64) -> NDArray[np.float32]:
        """One row of length 1 for each text: len(texts) × 384.

        Longer texts are cut to `max_tokens` (3 to 512, the two marks around a text included). The vector of a text
        depends on that text alone, never on its neighbours, the thread or the number of cores.
        """
        if not 3 <= max_tokens <= MOST_TOKENS:
            raise ValueError(f"max_tokens must be from 3 to {MOST_TOKENS}, not {max_tokens}")
        vectors = [self._vector(self._tokens(text, max_tokens)) for text in texts]
        return np.stack(vectors) if vectors else np.empty((0, SIZE), np.float32)

    def encode_page(self, text: str) -> NDArray[np.float32]:
        """One row of length 1 for the beginning of a page: the mean of the vectors of its first passages."""
        whole = self._tokens(text, PASSAGES * (PASSAGE - 2) + 2)
        first, *words, last = whole
        passages = [(first, *words[begin : begin + PASSAGE - 2], last) for begin in range(0, len(words) or 1, PASSAGE - 2)]
        total: NDArray[np.float32] = np.sum([self._vector(each) for each in passages], axis=0)
        return total / np.float32(np.linalg.norm(total))

    def _tokens(self, text: str, max_tokens: int) -> tuple[int, ...]:
        # Half a surrogate pair, as broken PDF text holds, cannot become UTF-8, which is what the tokenizer reads.
        readable = text[: max_tokens * _CHARACTERS_PER_TOKEN].encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(readable).ids
        return tuple(ids) if len(ids) <= max_tokens else (*ids[: max_tokens - 1], ids[-1])

    def _run(self, ids: tuple[int, ...]) -> NDArray[np.float32]:
        # One text at a time: activations are quantised with one scale for the whole tensor, so that texts run together
        # would change each other's vectors. Nothing is padded either, and padding is most of what a batch computes.
        tokens = np.array([ids], np.int64)
        (vectors,) = self._session.run(None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)})
        vector: NDArray[np.float32] = vectors[0]
        return vector


def _load_tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises nothing narrower
        raise _broken(path, error) from error


def _load_session(path: Path) -> Any:
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4  # its failures are raised as ours; stderr belongs to the doors
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions share no other base
        raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> PagesortError:
    problem = "is damaged" if path.is_file() else "is missing"
    return PagesortError(f"{path}: the sentence encoder {problem}; reinstall pagesort ({error})")
