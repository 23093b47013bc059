"""How long an answer is held back; the work of a call is part of that, and no call waits for another."""

from __future__ import annotations

import threading
import time


class Delay:
    def __init__(self, seconds: float):
        self.seconds = seconds
        self.over = threading.Event()

    def hold(self, since: float) -> None:
        left = since + self.seconds - time.monotonic()
        if left > 0:
            self.over.wait(left)

    def end(self) -> None:
        """Lets go of what is held, so that no test has to sit it out."""
        self.over.set()
