"""Which calls are meant: those of an action, so many of them, from the n-th that arrives on."""

from __future__ import annotations

from typing import Any

ANY = "*"


class Nth:
    def __init__(self, asked: dict[str, Any]):
        self.action = asked["action"]
        self.first = int(asked.get("nth", 1))
        self.last = self.first + int(asked.get("times", 1)) - 1
        if not 1 <= self.first <= self.last:
            raise ValueError("Calls are counted from 1")
        self.arrived = 0

    def meets(self, action: str) -> bool:
        """Counts the call as well; who asks takes care that calls arrive one at a time."""
        if self.action not in (ANY, action):
            return False
        self.arrived += 1
        return self.first <= self.arrived <= self.last
