"""What tests ask of the endpoint that nobody can ask of EC2, as `control.ts` asks it."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.wrappers import Request, Response

from arrivals import Arrivals
from settings import Settings

PREFIX = "/_"


class Control:
    def __init__(self, arrivals: Arrivals, settings: Settings):
        self.arrivals = arrivals
        self.settings = settings

    def answer(self, request: Request) -> Response:
        subject, *rest = request.path[len(PREFIX) :].split("/")
        asked = request.method, subject, len(rest)
        try:
            if asked == ("GET", "calls", 0):
                return _json(self.arrivals.log.calls)
            if asked == ("DELETE", "calls", 0):
                self.arrivals.forget()
                return Response(status=204)
            if asked == ("PUT", "settings", 0):
                self.settings.change(json.loads(request.get_data()))
                return Response(status=204)
            if asked == ("POST", "holds", 0):
                return _json(self.arrivals.hold(json.loads(request.get_data())))
            if subject == "holds" and rest:
                return self._hold(request.method, int(rest[0]), rest[1:])
        except (KeyError, TypeError, ValueError) as wrong:
            return Response(f"{type(wrong).__name__}: {wrong}", status=400)
        return Response(status=405)

    def _hold(self, method: str, number: int, rest: list[str]) -> Response:
        """Who asks what became of a hold is answered when something has."""
        hold = self.arrivals.holds.asked[number]
        if (method, rest) == ("GET", ["reached"]):
            return _json(hold.reached())
        if (method, rest) == ("GET", ["ended"]):
            return _json(hold.ended())
        if (method, rest) == ("DELETE", []):
            hold.release()
            return Response(status=204)
        return Response(status=405)


def _json(value: Any) -> Response:
    return Response(json.dumps(value), mimetype="application/json")
