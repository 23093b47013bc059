"""Which calls are meant: those of an action, a Region and a size, so many of them, from the n-th that arrives on."""

from __future__ import annotations

from typing import Any

from request import Asked

ANY = "*"


class Nth:
    def __init__(self, asked: dict[str, Any]):
        self.action = asked["action"]
        self.region = asked.get("region")
        self.rules = int(asked.get("rules", 0))
        self.first = int(asked.get("nth", 1))
        self.last = self.first + int(asked.get("times", 1)) - 1
        if not 1 <= self.first <= self.last:
            raise ValueError("Calls are counted from 1")
        self.arrived = 0

    def meets(self, call: Asked) -> bool:
        """Counts the call as well; who asks takes care that calls arrive one at a time."""
        if self.action not in (ANY, call.action) or self.region not in (None, call.region):
            return False
        if call.rules < self.rules:
            return False
        self.arrived += 1
        return self.first <= self.arrived <= self.last
