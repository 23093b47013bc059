"""What was called, in the order of arrival, and what came of it."""

from __future__ import annotations

import threading
from typing import Any

from request import Asked


class CallLog:
    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.acted = 0
        self.lock = threading.Lock()

    def arrived(self, asked: Asked, params: dict[str, str], fault: str | None) -> dict[str, Any]:
        """Kept on arrival, so that the order is that of the calls even where the answers overtake one another."""
        with self.lock:
            started = len(self.calls) + 1
            # Whole from the start: who reads the log must not find a call that grows meanwhile.
            call = {"action": asked.action, "params": params, "status": 0, "error": None, "throttled": False}
            call.update(region=asked.region, started=started, acted=None, fault=fault, stale=False)
            self.calls.append(call)
        return call

    def acting(self, call: dict[str, Any]) -> None:
        with self.lock:
            self.acted += 1
            call["acted"] = self.acted
