"""`pagesort serve`: the HTTP server, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import logging
import socket
import sys

from pagesort.doors.cli.people import tell
from pagesort.doors.cli.settings import add_knowledge_flag, options_of
from pagesort.errors import EXIT_OK, InvalidRequest
from pagesort.options import api_keys_from_env

LOOPBACK = "127.0.0.1"


def attach(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=LOOPBACK, help=f"address to listen on (default: {LOOPBACK}, this machine only)")
    parser.add_argument("--port", type=_port_number, default=8000, help="port to listen on; 0 takes a free one (default: 8000)")
    parser.add_argument("--model", metavar="NAME", help="model where a request names none (default: the latest)")
    add_knowledge_flag(parser)
    parser.epilog = "PAGESORT_API_KEYS: keys to accept, separated by commas; without it every request is let in."


def main(args: argparse.Namespace) -> int:
    """Load the models, serve until interrupted, let requests in progress finish. Raises `MissingExtra` without the extra."""
    from pagesort.doors.http import create_app  # first: it tells whether the extra is there
    from pagesort.flow import Classifier

    import uvicorn  # isort: skip

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("uvicorn.access").setLevel(logging.INFO)
    api_keys = api_keys_from_env()
    with _listen(args.host, args.port) as listener, Classifier(args.model, options=options_of(args)) as classifier:
        version = classifier.version  # loads the model: the first request should not wait for it
        server = uvicorn.Server(uvicorn.Config(create_app(classifier, api_keys), log_config=None, lifespan="off"))
        tell(_greeting(_base_url(listener), version, api_keys))
        with contextlib.suppress(KeyboardInterrupt):  # the server shuts down in good order before it passes this on
            server.run(sockets=[listener])
    return EXIT_OK


def _port_number(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{port} is not between 0 and 65535")
    return port


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        message = f"cannot listen on {host} port {port} ({error}); choose another with --host and --port"
        raise InvalidRequest("serve", message) from error


def _base_url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _greeting(base_url: str, version: str, api_keys: frozenset[str]) -> str:
    lines = [
        f"{version} answers POST {base_url}/v1/ade/classify; described at {base_url}/docs",
        f'clients change one line: LandingAIADE(base_url="{base_url}") in Python, '
        f'new LandingAIADE({{ baseURL: "{base_url}" }}) in TypeScript',
    ]
    if not api_keys and not base_url.startswith(f"http://{LOOPBACK}:"):
        lines.append("anyone who can reach this address may use it; set PAGESORT_API_KEYS to ask for a key")
    return "\n".join(lines)
