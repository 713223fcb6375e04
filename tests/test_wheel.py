"""The wheel, as a stranger gets it: installed into an empty environment, classifying with the network cut."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
CONNECT = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)"
"""An address that is set aside for documentation: no one answers, but only a cut network refuses at once."""

BLOCK_SOCKETS = """
import errno, socket

def refuse(*_):
    raise OSError(errno.ENETUNREACH, "the network is cut")

class Guarded(socket.socket):
    def __init__(self, *args, **named):
        super().__init__(*args, **named)
        if self.family != socket.AF_UNIX:  # on which the processes of this machine talk to each other
            self.connect = self.connect_ex = self.sendto = refuse

socket.socket = Guarded
socket.getaddrinfo = refuse
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of a new environment that holds the wheel, what the run-time lock names, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet"]
    check(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (wheel,) = folder.glob("pagesort-*.whl")
    venv.create(folder / "env", with_pip=True)
    programs = folder / "env" / "bin"
    pip[0] = str(programs / "python")
    check(*pip, "install", "--require-hashes", "-r", ROOT / "requirements-run.lock")
    check(*pip, "install", "--no-deps", wheel)
    check(*pip, "check")
    return programs


@pytest.fixture
def cut(tmp_path: Path) -> tuple[list[str], dict[str, str]]:
    """What to put before a command, and which environment to run it in, so that it has no network."""
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    namespace = ["unshare", "--map-root-user", "--net"]
    if can_run(*namespace, "true"):
        return namespace, environ
    (tmp_path / "sitecustomize.py").write_text(BLOCK_SOCKETS)
    return [], {**environ, "PYTHONPATH": str(tmp_path)}


def test_the_wheel_classifies_with_the_network_cut(
    environment: Path, cut: tuple[list[str], dict[str, str]], tmp_path: Path
) -> None:
    prefix, environ = cut
    refused = run([*prefix, environment / "python", "-c", CONNECT], tmp_path, environ)
    assert refused.returncode != 0
    assert "unreachable" in refused.stderr or "the network is cut" in refused.stderr

    (tmp_path / "bundle.pdf").write_bytes(digital_and_scanned_page())
    command = [environment / "pagesort", "classify", "bundle.pdf", "--class", "invoice", "--class", "bank statement"]
    ran = run([*prefix, *command], tmp_path, environ)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [page["class"] for page in json.loads(ran.stdout)["classification"]] == ["invoice", "bank statement"]


def test_the_base_install_is_sound_and_knows_what_it_lacks(environment: Path, tmp_path: Path) -> None:
    doctor = run([environment / "pagesort", "doctor", "--json"], tmp_path)
    states = {check["name"]: check["state"] for check in json.loads(doctor.stdout)["checks"]}
    assert doctor.returncode == 0
    assert states["self-check"] == "ok"
    assert states["extra: http"] == "missing"
    serve = run([environment / "pagesort", "serve"], tmp_path)
    assert serve.returncode == 4
    assert 'pip install "pagesort[http]"' in serve.stderr


def digital_and_scanned_page() -> bytes:
    """An invoice with a text layer, then a bank statement that is nothing but a picture."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.setFont("Helvetica", 24)
    canvas.drawString(72, 760, "INVOICE")
    canvas.setFont("Helvetica", 11)
    for row, line in enumerate(["Invoice number 1001", "Bill to: Ada Example", "Subtotal 40.00", "Amount due 40.00"]):
        canvas.drawString(72, 720 - 20 * row, line)
    canvas.showPage()
    scan = Image.new("RGB", (1240, 1754), "white")
    pen = ImageDraw.Draw(scan)
    pen.text((150, 140), "BANK STATEMENT", fill="black", font=ImageFont.load_default(64))
    lines = "Account number 12345\nStatement period March\nOpening balance 10.00\nDeposits 5.00\nClosing balance 15.00"
    pen.text((150, 280), lines, fill="black", font=ImageFont.load_default(32), spacing=20)
    canvas.drawImage(ImageReader(scan), 0, 0, 595, 842)
    canvas.save()
    return file.getvalue()


def run(command: Sequence[object], folder: Path, environ: Mapping[str, str] = os.environ) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), cwd=folder, env=dict(environ), capture_output=True, text=True)


def check(*command: object) -> None:
    """Run it; its output becomes part of the failure."""
    ran = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def can_run(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def test_the_wheel_brings_the_knowledge_indexed_in_advance(environment: Path, tmp_path: Path) -> None:
    anew = "from pagesort.judge import compiled; compiled._made = None; compiled.load()"
    ran = run([environment / "python", "-c", anew], tmp_path, {"PATH": "/usr/bin:/bin"})
    assert (ran.returncode, ran.stderr) == (0, "")
