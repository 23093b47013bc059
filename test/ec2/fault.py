"""What befalls a call: it fails before it takes effect, or its answer is lost, replaced, cut or late."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

import refusal
from delay import Delay

# Where a connection looks up how much of its answer it sends before it closes.
SENT = "ec2.sent"
ALL, HALF, NOTHING = 1.0, 0.5, 0.0
BEFORE = ("errorBefore", "cutBefore")
KINDS = (*BEFORE, "errorAfter", "cut", "slow", "answer")


class Fault:
    def __init__(self, asked: dict[str, Any]):
        self.asked = asked
        self.kind = asked["kind"]
        if self.kind not in KINDS:
            raise ValueError(f"There is no fault {self.kind!r}")
        self.before = self.kind in BEFORE or bool(asked.get("before"))
        self.delay = Delay(asked.get("milliseconds", 0) / 1000)
        self.sent = ALL
        if self.kind in ("cut", "cutBefore"):
            whole = self.kind == "cutBefore" or asked.get("sent") == "nothing"
            self.sent = NOTHING if whole else HALF
        # Whoever asks for what cannot be answered is to learn it now, not at some later call.
        self.answer(Response())

    def answer(self, own: Response) -> Response:
        """What the caller gets in place of EC2's own answer."""
        asked = self.asked
        if self.kind in ("errorBefore", "errorAfter"):
            code = asked["code"]
            body = refusal.refusal(code, asked.get("message") or f"{code} befell this call")
            return Response(body, asked["status"], refusal.HEADERS, content_type="text/xml")
        if self.kind == "answer":
            return Response(asked["body"], asked["status"], content_type=asked.get("type", "text/xml"))
        return own
