"""HTTP connections that stay open between calls, as EC2's do; werkzeug's server closes each after its answer."""

from __future__ import annotations

import contextlib
import io
import socket
import traceback
from collections.abc import Iterable
from typing import Any

from werkzeug.serving import WSGIRequestHandler

from fault import ALL, NOTHING, SENT


def close_all(server: Any) -> None:
    """Closes what clients keep open, as nobody else would."""
    for connection in list(_open_on(server)):
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _open_on(server: Any) -> set[socket.socket]:
    return vars(server).setdefault("connections", set())


class Connection(WSGIRequestHandler):
    # Head and body leave in one packet, at once.
    wbufsize = -1
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        _open_on(self.server).add(self.connection)

    def finish(self) -> None:
        _open_on(self.server).discard(self.connection)
        super().finish()

    def log_request(self, *_: Any) -> None:
        """What was asked is in the call log; what remains on stderr is worth reading."""

    def run_wsgi(self) -> None:
        environ = self.make_environ()
        # What an app leaves unread of a body would be taken for the next request.
        environ["wsgi.input"] = io.BytesIO(self._body(environ))
        answer: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            answer[:] = [status, headers]

        try:
            chunks = self.server.app(environ, start_response)
            status, headers = answer
            body = b"".join(chunks)
        except Exception:
            traceback.print_exc()
            status, headers, body = "500 Internal Server Error", [], b""
        self._answer(status, headers, body, environ.get(SENT, ALL))

    def _body(self, environ: dict[str, Any]) -> bytes:
        length = environ.get("CONTENT_LENGTH")
        if length:
            return environ["wsgi.input"].read(int(length))
        return environ["wsgi.input"].read() if environ.get("wsgi.input_terminated") else b""

    def _answer(self, status: str, headers: Iterable[tuple[str, str]], body: bytes, sent: float) -> None:
        """Of an answer that is cut, all of the head is sent, so that it promises more than comes."""
        if sent < ALL:
            self.close_connection = True
        if sent == NOTHING:
            return
        code, reason = status.split(" ", 1)
        self.send_response(int(code), reason)
        for name, value in headers:
            if name.lower() not in ("content-length", "connection"):
                self.send_header(name, value)
        if code != "204":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: int(len(body) * sent)])
        self.wfile.flush()
