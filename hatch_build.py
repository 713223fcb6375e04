"""What a build adds to the package: the knowledge of page types, indexed in advance."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledKnowledge(BuildHookInterface[Any]):
    """Runs for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, str(Path(self.root, "src")))
        from pagesort.judge.compiled import write

        build_data["artifacts"].append(f"/{write().relative_to(self.root).as_posix()}")
