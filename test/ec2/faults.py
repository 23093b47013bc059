"""What befalls which calls."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fault import Fault
from nth import Nth
from request import Asked


class Faults:
    def __init__(self, asked: Iterable[dict[str, Any]] = ()):
        self.entries = [(Nth(entry), Fault(entry["fault"])) for entry in asked]

    def arriving(self, call: Asked) -> Fault | None:
        """Every entry counts the call; where several mean it, the first of them befalls it."""
        meant = [fault for which, fault in self.entries if which.meets(call)]
        return meant[0] if meant else None

    def end(self) -> None:
        for _, fault in self.entries:
            fault.delay.end()
