"""The same bytes and classes give the same answer, byte for byte, on every run and with any number of threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from samples.bundle import Sheet, build, scanned

CODE = """
import json, sys
from pagesort import Classifier, Options
from pagesort.answer import answer_to_dict

classes = [
    "invoice", "Kontoauszug", "paper that lists what was earned", "zqx vrt",
    {"class": "type_a", "description": "A letter that thanks somebody"},
]
with Classifier(options=Options(workers=int(sys.argv[1]))) as classifier:
    for path in sys.argv[2:]:
        answer = answer_to_dict(classifier.classify(path, classes))
        for changing in ("job_id", "duration_ms"):
            del answer["metadata"][changing]
        print(json.dumps(answer))
"""


@pytest.mark.slow
def test_answers_do_not_depend_on_the_process_the_hash_seed_or_the_number_of_threads(tmp_path: Path) -> None:
    sheets = (Sheet("invoice", ""), Sheet("bank statement", "", pages=2), Sheet("pay stub", ""), Sheet("letter", ""))
    (tmp_path / "mixed.pdf").write_bytes(build(sheets))
    (tmp_path / "scan.pdf").write_bytes(scanned("receipt"))
    answers = {
        (workers, seed): subprocess.run(
            [sys.executable, "-c", CODE, workers, str(tmp_path / "mixed.pdf"), str(tmp_path / "scan.pdf")],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": workers},
            capture_output=True,
            check=True,
        ).stdout
        for workers, seed in (("1", "0"), ("2", "1"), ("7", "4242"))
    }
    first, *others = answers.values()
    assert first.count(b'"evidence"') == 6 and b'"model_hash"' in first
    assert all(other == first for other in others)
