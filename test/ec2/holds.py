"""The calls that tests want held, each by a number of its own."""

from __future__ import annotations

from typing import Any

from hold import Hold
from request import Asked


class Holds:
    def __init__(self) -> None:
        self.asked: list[Hold] = []

    def add(self, asked: dict[str, Any]) -> int:
        self.asked.append(Hold(asked))
        return len(self.asked) - 1

    def arriving(self, call: Asked) -> Hold | None:
        """Every hold that is still on counts the call; where several mean it, the first of them takes it."""
        on = [hold for hold in self.asked if hold.call is None and hold.end is None]
        meant = [hold for hold in on if hold.which.meets(call)]
        return meant[0] if meant else None

    def release(self) -> None:
        for hold in self.asked:
            if hold.end is None:
                hold.release()
