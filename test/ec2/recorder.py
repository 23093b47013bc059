"""Stands in front of the EC2 endpoint: keeps what was called, and refuses what it is told to refuse."""

from __future__ import annotations

import io
import json
from typing import Any
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from werkzeug.wrappers import Request, Response

# Every service that speaks in forms names its version, and no two share one.
EC2_VERSION = "2016-11-15"


class Recorder:
    def __init__(self, app: Any):
        self.app = app
        self.calls: list[dict[str, Any]] = []
        self.denied: frozenset[str] = frozenset()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] in ("/_calls", "/_deny"):
            return self._administer(Request(environ))(environ, start_response)
        form = _form(environ)
        if form.pop("Version", None) != EC2_VERSION:
            return self.app(environ, start_response)
        # Kept on arrival, so that the order is that of the calls even where the answers overtake one another.
        call = {"action": form.pop("Action", ""), "params": form, "status": 0}
        self.calls.append(call)

        def answered(status: str, headers: Any, exc_info: Any = None) -> Any:
            call["status"] = int(status.split(" ")[0])
            return start_response(status, headers, exc_info)

        try:
            app = _refusal(call["action"]) if call["action"] in self.denied else self.app
            return app(environ, answered)
        except Exception:
            call["status"] = 500
            raise

    def _administer(self, request: Request) -> Response:
        if (request.method, request.path) == ("GET", "/_calls"):
            return Response(json.dumps(self.calls), mimetype="application/json")
        if (request.method, request.path) == ("DELETE", "/_calls"):
            self.calls = []
        elif (request.method, request.path) == ("PUT", "/_deny"):
            self.denied = frozenset(json.loads(request.get_data()))
        else:
            return Response(status=405)
        return Response(status=204)


def _form(environ: dict[str, Any]) -> dict[str, str]:
    """Reads the form and puts it back for moto to read."""
    if not environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return {}
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _refusal(action: str) -> Response:
    """EC2's answer to a caller without the right, given before it looks at anything else, DryRun included."""
    message = escape(
        "You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/testing "
        f"is not authorized to perform: ec2:{action} because no identity-based policy allows "
        f"the ec2:{action} action"
    )
    return Response(
        '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>UnauthorizedOperation</Code>'
        f"<Message>{message}</Message></Error></Errors>"
        "<RequestID>00000000-0000-4000-8000-000000000000</RequestID></Response>",
        status=403,
        mimetype="text/xml",
    )
