"""The official TypeScript library on Node.js: runs node/client.test.mjs against running servers.

`npm ci --prefix tests/clients/node` installs it. Without it the test is skipped, unless PAGESORT_REQUIRE_NODE=1 says
that it must run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.serving import KEY, MAX_BYTES

NODE_TESTS = Path(__file__).parent / "node"


@pytest.fixture(scope="module")
def node() -> str:
    """The path of Node.js."""
    found = shutil.which("node")
    if found and (NODE_TESTS / "node_modules" / "landingai-ade").is_dir():
        return found
    lack = "Node.js 20 or later is not installed" if not found else "run: npm ci --prefix tests/clients/node"
    if os.environ.get("PAGESORT_REQUIRE_NODE") == "1":
        pytest.fail(lack)
    pytest.skip(lack)


@pytest.mark.slow
def test_the_typescript_client(node: str, server: str, guarded: str, small: str, broken: str, files: str, folder: Path) -> None:
    addresses = {"SERVER": server, "GUARDED": guarded, "SMALL": small, "BROKEN": broken, "FILES": files}
    environ = {**os.environ, **addresses, "FOLDER": str(folder), "KEY": KEY, "MAX_BYTES": str(MAX_BYTES)}
    run = subprocess.run(
        [node, "--test", "--test-reporter=tap", "client.test.mjs"],
        cwd=NODE_TESTS,
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"^# pass [1-9]", run.stdout, re.MULTILINE), run.stdout
