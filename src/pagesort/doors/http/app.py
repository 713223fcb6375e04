"""The application: routes, and where the work runs."""

from __future__ import annotations

from importlib.resources import files

import anyio.from_thread
import anyio.to_thread
from fastapi import Depends, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.requests import ClientDisconnect, Request

from pagesort import __version__
from pagesort.answer import answer_to_dict
from pagesort.doors.http.auth import key_check
from pagesort.doors.http.errors import install_error_handlers
from pagesort.doors.http.form import ClassifyRequest, parse_form
from pagesort.doors.http.multipart import read_multipart
from pagesort.doors.http.openapi import DESCRIPTION, OPERATION
from pagesort.flow import Classifier
from pagesort.types import Answer

CLASSIFY = "/v1/ade/classify"

CONCURRENT_DOCUMENTS = 4
"""Documents worked on at once; the others wait on disk. All share the classifier's page threads, so more at once would
cost memory and gain no speed."""


def create_app(classifier: Classifier, api_keys: frozenset[str] = frozenset()) -> FastAPI:
    """The ASGI application over one loaded classifier, which the caller keeps open as long as the application runs.

    `api_keys`: the keys accepted; empty: every request is let in.
    """
    app = FastAPI(title="pagesort", version=__version__, description=DESCRIPTION, docs_url=None, redoc_url=None)
    limiter = anyio.CapacityLimiter(CONCURRENT_DOCUMENTS)
    install_error_handlers(app)
    _add_docs(app)

    @app.post(CLASSIFY, dependencies=[Depends(key_check(api_keys))], **OPERATION)
    async def tool_ade_classify(request: Request) -> JSONResponse:
        async with read_multipart(request, classifier.options.max_bytes) as form:
            asked = await anyio.to_thread.run_sync(parse_form, form)
            answer = await anyio.to_thread.run_sync(_classify, classifier, asked, request, limiter=limiter)
        return JSONResponse(answer_to_dict(answer))

    @app.get("/healthz", tags=["Health"], summary="Is the server up?")
    async def healthz() -> dict[str, str]:
        return {"status": "ok", "version": __version__}

    return app


def _classify(classifier: Classifier, asked: ClassifyRequest, request: Request) -> Answer:
    """Runs in a worker thread. Stops after the current page once the client has gone: nobody would read the answer."""

    def stop_if_gone(_done: int = 0, _total: int = 0) -> None:
        if anyio.from_thread.run(request.is_disconnected):
            raise ClientDisconnect

    stop_if_gone()
    return classifier.classify(
        asked.source,
        asked.classes,
        pages=asked.pages,
        model=asked.model,
        filename=asked.filename,
        password=asked.password,
        progress=stop_if_gone,
    )


def _add_docs(app: FastAPI) -> None:
    """Swagger UI at /docs, served from an installed package. Addresses are relative: they hold behind any prefix."""
    assets = files("fastapi_standalone_docs") / "static" / "swagger"
    app.mount("/docs-assets", StaticFiles(directory=str(assets)))

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="openapi.json",
            title="pagesort",
            swagger_js_url="docs-assets/swagger-ui-bundle.js",
            swagger_css_url="docs-assets/swagger-ui.css",
            swagger_favicon_url="data:,",
            swagger_ui_parameters={"validatorUrl": None},
        )
