"""Stands in front of the EC2 endpoint: keeps what was called, and lets befall it what tests want."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.wrappers import Request, Response

import refusal
from arrivals import Arrival, Arrivals
from control import PREFIX, Control
from fault import ALL, NOTHING, SENT
from request import CALL, FORM, asked, is_dry_run, is_onlooker, read_form, signed_by
from settings import Settings
from store import Store

Environ = dict[str, Any]
App = Callable[[Environ, Any], Iterable[bytes]]
ERROR_CODE = re.compile(r"<Code>([^<]+)</Code>")


class Front:
    def __init__(self, app: App, store: Store, settings: Settings):
        self.app = app
        self.store = store
        self.settings = settings
        self.arrivals = Arrivals(settings)
        self.control = Control(self.arrivals, settings)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(PREFIX):
            return self.control.answer(Request(environ))(environ, start_response)
        form = environ[FORM] = read_form(environ)
        if not form:
            with self.store.opened():
                return Response.from_app(self.app, environ, buffered=True)(environ, start_response)
        since, delay = time.monotonic(), self.settings.delay
        params = {name: value for name, value in form.items() if name != "Action"}
        spared = is_onlooker(environ) or is_dry_run(form)
        arrival = self.arrivals.arrive(asked(environ), params, spared)
        call, fault = arrival.call, arrival.fault
        try:
            response = self._befallen(environ, arrival)
        except Exception:
            call["status"] = 500
            raise
        delay.hold(since)
        if fault:
            fault.delay.hold(since)
        if environ.get(SENT, ALL) != NOTHING:
            if response.status_code >= 400:
                code = ERROR_CODE.search(response.get_data(as_text=True))
                call["error"] = code[1] if code else ""
            call["status"] = response.status_code
        return response(environ, start_response)

    def _befallen(self, environ: Environ, arrival: Arrival) -> Response:
        """Holds are next to the effect, so that what a test does meanwhile is just before or after it."""
        call, _, fault, hold = arrival
        caller = environ["werkzeug.socket"]
        if hold and hold.before and not hold.keep(call, caller):
            return _unsent(environ)
        response = Response() if fault and fault.before else self._answer(environ, arrival)
        if hold and not hold.before and not hold.keep(call, caller):
            return _unsent(environ)
        if fault:
            environ[SENT] = fault.sent
            return fault.answer(response)
        return response

    def _answer(self, environ: Environ, arrival: Arrival) -> Response:
        """EC2 looks at its buckets before it looks at anything else."""
        call, log = arrival.call, arrival.log
        action = call["action"]
        _, region = signed_by(environ)
        if not self.settings.buckets.take(region, action):
            call["throttled"] = True
            return Response(refusal.throttled(), 503, refusal.HEADERS, mimetype="text/xml")
        for needed in rights(call):
            if needed in self.settings.denied:
                return Response(refusal.unauthorized(needed), 403, refusal.HEADERS, mimetype="text/xml")
        environ[CALL] = call
        with self.store.opened():
            log.acting(call)
            response = Response.from_app(self.app, environ, buffered=True)
        response.headers.extend(refusal.HEADERS)
        return response


def rights(call: dict[str, Any]) -> list[str]:
    """What a caller must be allowed: the action, and to tag, where what it makes is to have tags."""
    tagged = any(name.startswith("TagSpecification.") for name in call["params"])
    return [call["action"], "CreateTags"] if tagged else [call["action"]]


def _unsent(environ: Environ) -> Response:
    environ[SENT] = NOTHING
    return Response()
