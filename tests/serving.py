"""A site on the loopback that behaves as badly as a test wants."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """What lies where, and how it is given.

    files: path to content. Requests are noted in `asked` as (path, Range header or "").
    status: path to an answer without content (404, 407 …). moved: path to another address.
    cuts: bytes after which each next connection is cut, in order; later ones are whole.
    ranges: whether parts are given. stalls_at: after so many bytes nothing comes until `go` is set.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    ranges: bool = True
    says_length: bool = True
    stalls_at: int | None = None
    go: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""

    def url(self, path: str) -> str:
        return self.address + path


class _Answering(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site, wanted = self.site, self.headers.get("Range", "")
        path = self.path.removeprefix("http://models.example")  # as a proxy is asked
        site.asked.append((self.path, wanted))
        if path in site.moved:
            self._say(302, {"Location": site.moved[path]})
        elif path in site.status or path not in site.files:
            self._say(site.status.get(path, 404), {"Content-Length": "0"})
        else:
            self._give(site.files[path], int(wanted[6:-1]) if wanted and site.ranges else None)

    def do_CONNECT(self) -> None:
        self.site.asked.append((self.path, "CONNECT"))
        self._say(self.site.status["CONNECT"], {"Content-Length": "0"})

    def _give(self, content: bytes, start: int | None) -> None:
        if start is not None and start >= len(content):
            self._say(416, {"Content-Range": f"bytes */{len(content)}"})
            return
        rest = content[start or 0 :]
        headers = {"Content-Length": str(len(rest))} if self.site.says_length else {}
        if start is not None:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self._say(200 if start is None else 206, headers)
        if self.site.cuts:
            rest = rest[: self.site.cuts.pop(0)]
        if (stop := self.site.stalls_at) is not None:
            self.wfile.write(rest[:stop])
            self.site.go.wait(20)
            rest = rest[stop:]
        self.wfile.write(rest)

    def _say(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        return None  # whoever asked has gone: that is what is tested


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """`site` on a port of 127.0.0.1 as long as the block lasts."""
    server = _Server(("127.0.0.1", 0), type("Answering", (_Answering,), {"site": site}))
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        site.go.set()
        server.shutdown()
        server.server_close()
        thread.join()
