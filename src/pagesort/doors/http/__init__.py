"""The way in over HTTP: `POST /v1/ade/classify`, wire-compatible with ADE Classify.

Needs the extra `http`; without it, importing this package raises `MissingExtra`.
"""

from importlib.util import find_spec

from pagesort.errors import MissingExtra

for _part in ("fastapi", "uvicorn", "python_multipart", "fastapi_standalone_docs"):
    if find_spec(_part) is None:
        raise MissingExtra(f'the HTTP server needs {_part}, which is not installed: pip install "pagesort[http]"')

from pagesort.doors.http.app import create_app  # noqa: E402  not before the check

__all__ = ["create_app"]
