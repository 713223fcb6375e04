"""Lists the SHA-256 of every shipped model file, after one of them was made anew."""

from __future__ import annotations

from pathlib import Path

from pagesort.judge.shipped import CHECKSUMS, sha256


def write_checksums(folder: Path) -> None:
    files = sorted(file for file in folder.iterdir() if file.suffix in (".json", ".npz", ".onnx"))
    (folder / CHECKSUMS).write_text("".join(f"{sha256(file)}  {file.name}\n" for file in files), encoding="ascii")
