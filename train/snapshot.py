"""Gives the shipped model, as it is now, the name of today: `python -m train.snapshot`.

Answers name the snapshot, so two models must never bear one name. Run this after every change of weights or knowledge.
"""

from __future__ import annotations

from datetime import date

from pagesort.judge.shipped import SNAPSHOT, WEIGHTS, model_hash, recorded_snapshot


def main() -> None:
    name, recorded = recorded_snapshot()
    if recorded == model_hash():
        print(f"{name}: nothing has changed")
        return
    name = f"classify-{date.today():%Y%m%d}"
    (WEIGHTS / SNAPSHOT).write_text(f"{model_hash()}  {name}\n", encoding="ascii")
    print(f"{name}: {model_hash()}")


if __name__ == "__main__":
    main()
