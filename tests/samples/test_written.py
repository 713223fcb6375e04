from pathlib import Path

import pytest

from pagesort.evaluation.tasks import PAGES_FILE, load_page_facts, load_tasks
from pagesort.types import UNKNOWN
from samples.written import write

ROOT = Path(__file__).parents[2]

CUSTOMER = """
customer: a haulier
classes:
  - name: CMR
    description: consignment note
  - name: "7501"
pages:
  - class: CMR
    type: consignment note
    first: true
    text: |
      # Consignment note
      Sender: Fenwick Mills
  - class: null
    type: letter
    first: false
    text: Yours faithfully
"""


def test_a_customer_becomes_tasks_and_files(tmp_path: Path) -> None:
    (tmp_path / "freight-01.yaml").write_text(CUSTOMER, encoding="utf-8")
    assert write(tmp_path, tmp_path / "out") == 2
    first, second = load_tasks(tmp_path / "out" / "tasks.jsonl")
    assert [(each.name, each.description) for each in first.classes] == [("CMR", "consignment note"), ("7501", None)]
    assert first.trade == "freight" and first.expected == {0: "CMR"} and second.expected == {0: UNKNOWN}
    assert "Fenwick Mills" in (tmp_path / "out" / first.file).read_text(encoding="utf-8")
    facts = load_page_facts(tmp_path / "out" / PAGES_FILE)
    assert facts[second.file, 0].continuation and facts[second.file, 0].label == "letter"


@pytest.mark.parametrize("half", ["fit", "held"])
def test_the_written_pages_are_sound(half: str, tmp_path: Path) -> None:
    assert write(ROOT / "written" / half, tmp_path) == 384
    tasks = load_tasks(tmp_path / "tasks.jsonl")  # checks that each answer is one of the classes
    assert len({task.id for task in tasks}) == 384
    assert sum(task.expected[0] == UNKNOWN for task in tasks) == 64
