"""Reading an address of the web: http and https only, proxies as the environment says, trouble as sentences.

The bytes are brought by a thread of their own, so that whoever waits for them can stop at any moment,
also while a server says nothing.
"""

from __future__ import annotations

import errno
import http.client
import queue
import re
import socket
import ssl
import threading
import traceback
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import engine
from engine.errors import LabError
from engine.text import Text

CHUNK = 1 << 18  # bytes read at a time
PATIENCE = 20.0  # seconds without a byte before a server is given up
_SCHEMES = ("http", "https")
_OFFLINE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


class Trouble(LabError):
    """Why an address gave nothing. Of several, the one with the greatest `weight` tells a person most."""

    def __init__(self, text: Text, weight: int) -> None:
        super().__init__(text)
        self.weight = weight


class Cut(Trouble):
    """The connection ended too early, or nothing came for too long; going on later may help."""


class Offline(Trouble):
    """There is no connection to the internet."""


class Outgrown(Trouble):
    """What is here already is as long as the file, or longer."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a server says before the bytes: where they start in the file, and how long that is (None: not said)."""

    start: int
    total: int | None


def host_of(address: str) -> str:
    """The name of the machine in an address."""
    return urlsplit(address).hostname or address


class Stream:
    """The bytes of `address` from `start` on.

    `take` gives what came: first a `Head`, then bytes, then None; or ... when nothing came yet.
    """

    def __init__(self, address: str, start: int = 0, *, patience: float = PATIENCE) -> None:
        self._address, self._start, self._patience = address, start, patience
        self._came: queue.Queue[Head | bytes | Exception | None] = queue.Queue(maxsize=8)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._bring, name="download", daemon=True)
        self._thread.start()

    def take(self, wait: float = 0.1) -> Any:
        """What came next, waiting at most `wait` seconds. Raises `Trouble`."""
        try:
            came = self._came.get(timeout=wait)
        except queue.Empty:
            return ...
        if isinstance(came, Exception):
            raise came if isinstance(came, LabError) else trouble(self._address, came) from came
        return came

    def stop(self) -> None:
        """Want no more; the thread ends with the next byte or when its patience does."""
        self._stopped.set()

    def _bring(self) -> None:
        try:
            with _open(self._address, self._start, self._patience) as response:
                self._give(_head(response, self._start))
                while not self._stopped.is_set() and (part := response.read1(CHUNK)):
                    self._give(part)
            self._give(None)
        except (OSError, http.client.HTTPException, ValueError, LabError) as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            traceback.clear_frames(error.__traceback__)  # they hold the socket open
            self._give(error)

    def _give(self, what: Head | bytes | Exception | None) -> None:
        while not self._stopped.is_set():
            try:
                self._came.put(what, timeout=0.2)
                return
            except queue.Full:
                continue


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows to http and https alone, and never from https back to http."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        to = urljoin(req.full_url, newurl)
        allowed = ("https",) if req.type == "https" else _SCHEMES
        if urlsplit(to).scheme not in allowed:
            raise _unsafe(req.full_url)
        return super().redirect_request(req, fp, code, msg, headers, to)


def _open(address: str, start: int, patience: float) -> http.client.HTTPResponse:
    opener = urllib.request.OpenerDirector()  # the usual one also opens ftp: and file:
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        _WebOnly(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    headers = {"User-Agent": f"Convoscope/{engine.__version__}", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    response: http.client.HTTPResponse = opener.open(urllib.request.Request(address, headers=headers), timeout=patience)
    return response


def _head(response: http.client.HTTPResponse, start: int) -> Head:
    length = response.headers.get("Content-Length")
    if response.status == 206:
        said = re.match(r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", ""))
        if said is None or int(said[1]) != start:
            raise http.client.HTTPException("Content-Range")
        return Head(start, int(said[2]) if said[2] != "*" else None)
    return Head(0, int(length) if length and length.isdigit() else None)


def proxy_for(address: str) -> str | None:
    """The proxy that the environment names for this address, or None."""
    parts = urlsplit(address)
    proxy = urllib.request.getproxies().get(parts.scheme)
    return None if proxy and urllib.request.proxy_bypass(parts.hostname or "") else proxy


def trouble(address: str, error: Exception) -> Trouble:
    """The sentence for whatever urllib, http.client or the system raised while `address` was read."""
    if isinstance(error, urllib.error.HTTPError):
        return _refused(address, error.code)
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if tunnel := re.search(r"Tunnel connection failed: (\d+)", str(reason)):
        return _by_proxy(address, int(tunnel[1]))
    host = host_of(address)
    if isinstance(reason, TimeoutError):
        return Cut(
            Text(
                "{host} does not answer. What arrived is kept; try again later.",
                "{host} 서버가 응답하지 않아요. 받은 부분은 남겨 두었으니 나중에 다시 해 보세요.",
            )(host=host),
            3,
        )
    if isinstance(reason, ssl.SSLCertVerificationError):
        text = Text(
            "{host} could not prove who it is. Check this computer’s date and the network’s sign-in page.",
            "{host} 서버의 인증서를 확인하지 못했어요. 컴퓨터의 날짜와 네트워크 로그인 화면을 확인해 보세요.",
        )
        return Trouble(text(host=host), 4)
    if isinstance(reason, socket.gaierror | ConnectionRefusedError) or getattr(reason, "errno", None) in _OFFLINE:
        return _unreached(address, reason)
    if isinstance(reason, OSError | http.client.HTTPException):
        return cut(address)
    text = Text("{address} is not an address of the web.", "{address} 주소는 웹 주소가 아니에요.")
    return Trouble(text(address=address), 1)


def cut(address: str) -> Cut:
    """The sentence for a connection that ended before the file did."""
    text = Text(
        "The connection to {host} was cut. What arrived is kept: start again, and it goes on from there.",
        "{host} 연결이 끊겼어요. 받은 부분은 남겨 두었으니 다시 시작하면 거기서 이어 받아요.",
    )
    return Cut(text(host=host_of(address)), 3)


def _unreached(address: str, reason: object) -> Trouble:
    if proxy := proxy_for(address):
        text = Text(
            "The proxy {proxy} does not answer. Check the network settings, or unset HTTP_PROXY and HTTPS_PROXY.",
            "프록시({proxy})가 응답하지 않아요. 네트워크 설정을 확인하거나 HTTP_PROXY, HTTPS_PROXY 설정을 지워 보세요.",
        )
        return Trouble(text(proxy=host_of(proxy)), 5)
    if isinstance(reason, ConnectionRefusedError):
        text = Text(
            "{host} refuses the connection. Try again later.", "{host} 서버가 연결을 거절해요. 나중에 다시 해 보세요."
        )
        return Trouble(text(host=host_of(address)), 2)
    return offline()


def offline(size: str = "") -> Offline:
    """The sentence for a machine without a connection; `size` in words ("13 MB") where it is known."""
    if size:
        text = Text(
            "This needs {size} from the internet and there is no connection. Everything marked bundled works without one.",
            "인터넷에서 {size}를 받아야 하는데 연결이 없어요. ‘내장’ 표시가 있는 것은 인터넷 없이도 돼요.",
        )
    else:
        text = Text(
            "This comes from the internet and there is no connection. Everything marked bundled works without one.",
            "인터넷에서 받아야 하는데 연결이 없어요. ‘내장’ 표시가 있는 것은 인터넷 없이도 돼요.",
        )
    return Offline(text(size=size), 0)


def _unsafe(address: str) -> Trouble:
    text = Text(
        "{host} sends us on to a place that is not a safe address of the web. Nothing was taken from there.",
        "{host} 서버가 안전하지 않은 주소로 보내려고 했어요. 거기서는 아무것도 받지 않았어요.",
    )
    return Trouble(text(host=host_of(address)), 4)


def _refused(address: str, code: int) -> Trouble:
    if code == 407:
        return _by_proxy(address, code)
    if 300 <= code < 400:  # urllib itself refuses what is neither http, https nor ftp
        return _unsafe(address)
    host = host_of(address)
    if code in (404, 410):
        text = Text(
            "{host} no longer has this file ({code}). Get it elsewhere and import it.",
            "{host} 서버에 이 파일이 이제 없어요({code}). 다른 곳에서 받아서 가져와 주세요.",
        )
    elif code == 416:
        return Outgrown(Text("{host} has no such part.", "{host} 서버에 그 부분이 없어요.")(host=host), 2)
    else:
        text = Text(
            "{host} does not give the file (its answer was {code}). Try again later.",
            "{host} 서버가 파일을 주지 않아요(응답 {code}). 나중에 다시 해 보세요.",
        )
    return Trouble(text(host=host, code=code), 2)


def _by_proxy(address: str, code: int) -> Trouble:
    proxy = host_of(proxy_for(address) or "proxy")
    if code == 407:
        text = Text(
            "The proxy {proxy} asks for a name and a password (407). Put them into HTTPS_PROXY: http://name:password@host:port.",
            "프록시({proxy})가 이름과 비밀번호를 요구해요(407). HTTPS_PROXY에 http://이름:비밀번호@주소:포트 꼴로 넣어 주세요.",
        )
    else:
        text = Text(
            "The proxy {proxy} does not let this through (its answer was {code}). Ask who runs the network.",
            "프록시({proxy})가 연결을 막았어요(응답 {code}). 네트워크 관리자에게 물어보세요.",
        )
    return Trouble(text(proxy=proxy, code=code), 5)
