"""The sentence encoder: vectors others can rely on, whatever the text, the company it comes in and the thread."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from pagesort.errors import PagesortError
from pagesort.judge.encoder import SIZE, Encoder
from pagesort.judge.shipped import WEIGHTS, damaged_weights, listed_checksums

TEXTS = [
    "invoice",
    "Statement of account for Mrs Odile Varga, 1 to 31 March, sheet 2 of 3",
    "pay slip",
    "The landlord lets and the tenant takes the flat on the second floor, with cellar and bicycle shed, for a term of "
    "two years from the first of June, at a monthly rent payable in advance on the third working day.",
    "运输合同",
    "",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_gives_one_unit_row_for_each_text(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), SIZE)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_an_empty_matrix(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, SIZE)


def test_a_vector_does_not_depend_on_the_other_texts_or_on_the_cache(encoder: Encoder) -> None:
    together = Encoder().encode(TEXTS)
    alone = np.concatenate([Encoder().encode([text]) for text in TEXTS])
    backwards = encoder.encode(TEXTS[::-1])[::-1]
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(together, backwards)


def test_callers_cannot_spoil_remembered_vectors(encoder: Encoder) -> None:
    first = encoder.encode(["invoice"])
    kept = first.copy()
    first[:] = 0
    np.testing.assert_array_equal(encoder.encode(["invoice"]), kept)


def test_threads_get_equal_results(encoder: Encoder) -> None:
    expected = encoder.encode(TEXTS)
    fresh = Encoder()
    with ThreadPoolExecutor(8) as pool:
        for vectors in pool.map(fresh.encode, [TEXTS] * 16):
            np.testing.assert_array_equal(vectors, expected)


@pytest.mark.parametrize(
    ("name", "synonym", "stranger"),
    [
        ("payslip", "pay stub", "invoice"),
        ("driving licence", "driver's license", "delivery note"),
        ("curriculum vitae", "resume", "bank statement"),
        ("doctor's prescription", "medication order", "lease agreement"),
        ("utility bill", "electricity bill", "passport"),
        ("residential lease", "rental agreement for a flat", "blood test results"),
    ],
)
def test_synonyms_are_nearer_than_strangers(encoder: Encoder, name: str, synonym: str, stranger: str) -> None:
    vectors = encoder.encode([name, synonym, stranger])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1


def test_texts_are_cut_to_max_tokens(encoder: Encoder) -> None:
    long = "rent " * 100_000
    vectors = encoder.encode([long, "rent " * 62, "rent " * 61])
    np.testing.assert_array_equal(vectors[0], vectors[1])
    assert not np.array_equal(vectors[1], vectors[2])
    np.testing.assert_array_equal(encoder.encode([long], max_tokens=8), encoder.encode(["rent " * 6]))
    assert encoder.encode([long], max_tokens=512).shape == (1, SIZE)


@pytest.mark.parametrize("max_tokens", [0, 2, 513])
def test_refuses_lengths_the_model_cannot_take(encoder: Encoder, max_tokens: int) -> None:
    with pytest.raises(ValueError, match="3 to 512"):
        encoder.encode(["invoice"], max_tokens=max_tokens)


def test_hostile_texts_have_vectors_too(encoder: Encoder) -> None:
    texts = ["", " \n\t", "\0", "pay\0slip", "\ud800 broken", "发票 银行对账单", "🧾" * 300, "x" * 100_000, "[SEP] [PAD] [MASK]"]
    vectors = encoder.encode(texts)
    assert np.isfinite(vectors).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(vectors[2], vectors[0])
    np.testing.assert_array_equal(vectors[3], encoder.encode(["payslip"])[0])


def test_the_shipped_files_match_their_checksums() -> None:
    assert set(listed_checksums()) == {"encoder.onnx", "judge.json", "meaning.json", "tokenizer.json", "types.npz"}
    assert damaged_weights() == []


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json"])
def test_damaged_or_missing_files_are_named(tmp_path: Path, name: str) -> None:
    shutil.copytree(WEIGHTS, tmp_path, dirs_exist_ok=True)
    broken = tmp_path / name
    broken.write_bytes(broken.read_bytes()[:1000])
    assert damaged_weights(tmp_path) == [name]
    with pytest.raises(PagesortError, match=rf"{name}: .* is damaged; reinstall pagesort"):
        Encoder(tmp_path)
    broken.unlink()
    assert damaged_weights(tmp_path) == [name]
    with pytest.raises(PagesortError, match=rf"{name}: .* is missing; reinstall pagesort"):
        Encoder(tmp_path)


def test_onnxruntime_is_loaded_late_and_leaves_no_identifier_behind(tmp_path: Path) -> None:
    """Its telemetry keeps a device id in the user's home; where there is none, nothing was set up to report."""
    program = (
        "import sys, pagesort.judge.encoder as e\n"
        "assert not {'onnxruntime', 'tokenizers', 'torch'} & sys.modules.keys()\n"
        "e.Encoder().encode(['invoice'])\n"
        "assert 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], env={"HOME": str(tmp_path)}, check=True)
    assert not list(tmp_path.rglob("*onnxruntime*"))


def test_a_page_is_the_mean_of_its_first_passages(encoder: Encoder) -> None:
    short = "notice of overdue rent"
    np.testing.assert_allclose(encoder.encode_page(short), encoder.encode([short], max_tokens=128)[0], atol=1e-6)
    first, second = "rent " * 126, "fish " * 126
    both = encoder.encode([first, second], max_tokens=128).sum(axis=0)
    np.testing.assert_allclose(encoder.encode_page(first + second + "wine " * 500), both / np.linalg.norm(both), atol=1e-6)
    assert encoder.encode_page("").shape == (SIZE,)
