from concurrent.futures import ThreadPoolExecutor

import pytest

from pagesort.errors import UnknownModel
from pagesort.judge import Judges, available_models


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
