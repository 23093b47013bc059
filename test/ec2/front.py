"""Stands in front of the EC2 endpoint: keeps what was called, and refuses and delays what it is told to."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.wrappers import Request, Response

import fault
from calls import CallLog
from request import FORM, read_form, signed_by
from settings import Settings

Environ = dict[str, Any]
App = Callable[[Environ, Any], Iterable[bytes]]
ERROR_CODE = re.compile(r"<Code>([^<]+)</Code>")


class Front:
    def __init__(self, app: App, settings: Settings):
        self.app = app
        self.settings = settings
        self.log = CallLog()
        # moto's stores are plain dictionaries, and a reader fails on one that another thread changes.
        self.one_at_a_time = threading.Lock()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] in ("/_calls", "/_settings"):
            return self._administer(Request(environ))(environ, start_response)
        form = environ[FORM] = read_form(environ)
        if not form:
            with self.one_at_a_time:
                return Response.from_app(self.app, environ, buffered=True)(environ, start_response)
        arrived, delay = time.monotonic(), self.settings.delay
        params = {name: value for name, value in form.items() if name != "Action"}
        log = self.log
        call = log.arrived(form.get("Action", ""), params)
        try:
            response = self._answer(environ, call, log)
        except Exception:
            call["status"] = 500
            raise
        delay.hold(arrived)
        if response.status_code >= 400:
            code = ERROR_CODE.search(response.get_data(as_text=True))
            call["error"] = code[1] if code else ""
        call["status"] = response.status_code
        return response(environ, start_response)

    def _answer(self, environ: Environ, call: dict[str, Any], log: CallLog) -> Response:
        """EC2 looks at its buckets before it looks at anything else."""
        action = call["action"]
        _, region = signed_by(environ)
        if not self.settings.buckets.take(region, action):
            call["throttled"] = True
            return Response(fault.throttled(), status=503, mimetype="text/xml")
        if action in self.settings.denied:
            return Response(fault.unauthorized(action), status=403, mimetype="text/xml")
        with self.one_at_a_time:
            log.acting(call)
            return Response.from_app(self.app, environ, buffered=True)

    def _administer(self, request: Request) -> Response:
        if (request.method, request.path) == ("GET", "/_calls"):
            return Response(json.dumps(self.log.calls), mimetype="application/json")
        if (request.method, request.path) == ("DELETE", "/_calls"):
            self.log = CallLog()
        elif (request.method, request.path) == ("PUT", "/_settings"):
            self.settings.change(json.loads(request.get_data()))
        else:
            return Response(status=405)
        return Response(status=204)
