"""An emulator that listens elsewhere, as it answers."""

from __future__ import annotations

from collections.abc import Iterable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

# Those of the connection, which are not passed on.
OWN_HEADERS = {"connection", "content-length", "date", "server", "transfer-encoding"}


class Emulator:
    def __init__(self, url: str):
        self.host = urlsplit(url).netloc

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        connection = HTTPConnection(self.host, timeout=60)
        try:
            headers = {name: value for name, value in request.headers.items() if name.lower() not in OWN_HEADERS}
            connection.request(request.method, request.full_path, request.get_data(), headers)
            answer = connection.getresponse()
            told = [(name, value) for name, value in answer.getheaders() if name.lower() not in OWN_HEADERS]
            response = Response(answer.read(), answer.status, told)
        finally:
            connection.close()
        return response(environ, start_response)
