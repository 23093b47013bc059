"""The arrival of calls, one at a time: each gets its place in the log, and learns what is to become of it."""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

from calls import CallLog
from fault import Fault
from hold import Hold
from holds import Holds
from request import Asked
from settings import Settings


class Arrival(NamedTuple):
    call: dict[str, Any]
    log: CallLog
    fault: Fault | None
    hold: Hold | None


class Arrivals:
    def __init__(self, settings: Settings):
        self.settings = settings
        self.log = CallLog()
        self.holds = Holds()
        self.lock = threading.Lock()

    def arrive(self, asked: Asked, params: dict[str, str], spared: bool) -> Arrival:
        """Calls at one time are counted in the very order in which the log keeps them."""
        fault = hold = None
        with self.lock:
            if not spared:
                fault = self.settings.faults.arriving(asked)
                hold = self.holds.arriving(asked)
            name = fault.kind if fault else "hold" if hold else None
            return Arrival(self.log.arrived(asked, params, name), self.log, fault, hold)

    def hold(self, asked: dict[str, Any]) -> int:
        with self.lock:
            return self.holds.add(asked)

    def forget(self) -> None:
        with self.lock:
            self.log = CallLog()
