"""A document behind a URL, fetched without letting the URL reach into the network this program runs in.

The host is resolved once, every address it has must be public, and the connection goes to exactly the address that was checked:
a second resolution, to which a name server could answer differently, never takes place. TLS still verifies the host's name.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Iterable
from contextlib import contextmanager
from email.message import Message
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

import httpcore

from pagesort.errors import UrlNotFetched
from pagesort.options import Options
from pagesort.read.spool import SpoolFile, spool

MAX_REDIRECTS = 3

_addresses = socket.getaddrinfo
"""Host and port → addresses; a name of its own so that tests can stand in for a name server."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def download(url: str, options: Options) -> tuple[SpoolFile, str]:
    """Fetch `url`: the content on disk, which the caller closes, and a file name for it.

    Raises `UrlNotFetched` (bad or refused address, unreachable, not a 200, slower than `options.url_timeout`) or
    `DocumentTooLarge`. The messages repeat nothing of what a server sent but its status and where it redirects to.
    """
    network = _GuardedNetwork(time.monotonic() + options.url_timeout, options.allow_private_urls)
    with httpcore.ConnectionPool(network_backend=network) as pool:
        for _ in range(MAX_REDIRECTS + 1):
            with _mapped_errors(url, options), pool.stream("GET", _checked(url), headers=_HEADERS) as response:
                if response.status in (301, 302, 303, 307, 308):
                    url = _redirected(url, _header(response, b"location"))
                    continue
                if response.status != 200:
                    raise UrlNotFetched(f"{_shown(url)} answered with HTTP status {response.status} instead of 200.")
                name = _file_name(response, url)
                return spool(response.iter_stream(), options.max_bytes, name), name
    raise UrlNotFetched(f"{_shown(url)}: redirected more than {MAX_REDIRECTS} times. Give the final address.")


_HEADERS: dict[bytes | str, bytes | str] = {"User-Agent": "pagesort", "Accept": "*/*", "Accept-Encoding": "identity"}


def _redirected(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise UrlNotFetched(f"{_shown(url)} redirects to something that is not a URL.") from None


def _checked(url: str) -> str:
    """The URL as it goes to the wire, or `UrlNotFetched` where its form alone forbids it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise UrlNotFetched(f"{_shown(url)} is not a URL.") from None
    if parts.scheme not in ("http", "https"):
        raise UrlNotFetched(f"{_shown(url)}: only http and https are fetched. Download the file and send it itself.")
    if not host or re.search(r"[\x00-\x20\x7f]", url.strip()):
        raise UrlNotFetched(f"{_shown(url)!r} is not a URL: it needs a host name and no spaces, as in https://example.com/a.pdf")
    if parts.username is not None:
        raise UrlNotFetched(f"{_shown(url)}: a user name or password in the URL is not sent. Use a signed URL, or send the file.")
    return _encoded(parts, host, port)


def _encoded(parts: SplitResult, host: str, port: int | None) -> str:
    """ASCII only: the host in IDNA, the rest percent-encoded."""
    try:
        name = f"[{host}]" if ":" in host else host.encode("idna").decode()
    except UnicodeError:
        raise UrlNotFetched(f"{host[:200]!r} is not a host name.") from None
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return f"{parts.scheme}://{name}{f':{port}' if port else ''}{quote(parts.path or '/', safe=_SAFE)}{query}"


_SAFE = "%/:=&?~+!$,;'@()*[]"


@contextmanager
def _mapped_errors(url: str, options: Options) -> Any:
    try:
        yield
    except httpcore.TimeoutException:
        message = f"{_shown(url)} took longer than {options.url_timeout:g} seconds. Try again, or raise PAGESORT_URL_TIMEOUT."
        raise UrlNotFetched(message) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
        raise UrlNotFetched(f"{_shown(url)} could not be fetched: {_cause(error)}.") from None


def _cause(error: Exception) -> str:
    text = str(error)
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return "its TLS certificate is not valid"
    if isinstance(error, httpcore.ConnectError):
        return "nobody answers there"
    return "the connection broke off, or the server does not speak HTTP"


class _GuardedNetwork(httpcore.NetworkBackend):
    """Connects to public addresses only (all addresses, where private ones are allowed), and everything before one deadline."""

    def __init__(self, deadline: float, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _resolve(host, port)
        if not self._allow_private and not all(is_public(address) for address in addresses):
            message = f"{host} is a private, loopback or otherwise internal address, which is not fetched."
            raise UrlNotFetched(f"{message} Set PAGESORT_ALLOW_PRIVATE_URLS=1 if this is meant.")
        for address in addresses[:-1]:
            try:
                return self._connect(address, port)
            except httpcore.ConnectError:
                continue
        return self._connect(addresses[-1], port)

    def _connect(self, address: str, port: int) -> httpcore.NetworkStream:
        return _HurriedStream(self._backend.connect_tcp(address, port, timeout=_left(self._deadline)), self._deadline)


class _HurriedStream(httpcore.NetworkStream):
    """A connection on which each operation gets the time that is left of the whole download, not a time of its own."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _HurriedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = _addresses(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UrlNotFetched(f"{host} is not a known host name. Check the spelling.") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """True for an address on the public internet; an IPv4 address wrapped in IPv6 is judged by what is inside."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _header(response: httpcore.Response, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in response.headers if key.lower() == name), "")


def _file_name(response: httpcore.Response, url: str) -> str:
    """The name the server gives, or the last part of the path; never a path itself, never more than 200 characters."""
    message = Message()
    message["Content-Disposition"] = re.sub(r"[\r\n]", " ", _header(response, b"content-disposition"))
    given = message.get_filename() or unquote(PurePosixPath(urlsplit(url).path).name)
    name = PureWindowsPath(given).name  # knows / and \ both
    return re.sub(r"[\x00-\x1f\x7f]", "", name)[:200] or "document"


def _shown(url: str) -> str:
    """The URL for a message: without user, password, query and fragment, where secrets live."""
    return re.split(r"[?#]", re.sub(r"//[^/]*@", "//", url))[0][:200]
