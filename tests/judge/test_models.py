from concurrent.futures import ThreadPoolExecutor

import pytest

from pagesort.errors import UnknownModel
from pagesort.judge import Judges, available_models
from pagesort.judge.embedded import EmbeddedJudge
from pagesort.judge.knowledge import page_types
from pagesort.judge.shipped import model_hash, recorded_snapshot


def test_alias_and_snapshot_are_one_judge_loaded_once() -> None:
    judges = Judges()
    with ThreadPoolExecutor(4) as pool:
        loaded = list(pool.map(judges.get, ["classify-latest", None, judges.get().version, None]))
    assert all(judge is loaded[0] for judge in loaded)
    assert loaded[0].version.startswith("classify-2")


@pytest.mark.parametrize("model", ["classify-1999", "gpt", "CLASSIFY-LATEST"])
def test_an_unknown_model_lists_what_exists(model: str) -> None:
    with pytest.raises(UnknownModel) as caught:
        Judges().get(model)
    assert model in str(caught.value)
    assert all(name in str(caught.value) for name in available_models())
    with pytest.raises(UnknownModel):
        Judges(default=model)


def test_the_hash_is_of_the_files_and_changes_with_them() -> None:
    judge = Judges().get()
    assert judge.model_hash == model_hash() and len(judge.model_hash) == 64
    assert EmbeddedJudge("x", types=page_types()[:5]).model_hash != judge.model_hash


def test_a_changed_model_has_a_new_name() -> None:
    name, recorded = recorded_snapshot()
    assert Judges().get().version == name
    assert recorded == model_hash(), (
        "weights or knowledge have changed: run python -m train.snapshot, so that answers can be told apart"
    )
