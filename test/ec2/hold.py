"""A call that is held just before it takes effect or just after, so that tests can act at that very point."""

from __future__ import annotations

import socket
import threading
from typing import Any

from gate import Gate
from nth import Nth

Json = dict[str, Any]


class Hold:
    def __init__(self, asked: Json):
        self.which = Nth({**asked, "times": 1})
        self.before = bool(asked.get("before"))
        self.gate = Gate()
        self.call: Json | None = None
        self.end: str | None = None
        self.changed = threading.Condition()

    def keep(self, call: Json, caller: socket.socket) -> bool:
        """Whether the call goes on: one whose caller is gone is dropped."""
        self._change(call=call)
        goes_on = self.gate.wait(caller)
        self._change(end="released" if goes_on else "gone")
        return goes_on

    def release(self) -> None:
        self.gate.open()
        with self.changed:
            if self.call is None:
                self.end = "released"
            self.changed.notify_all()

    def reached(self) -> Json | None:
        """The call, when it has come; none where it is no longer waited for."""
        with self.changed:
            self.changed.wait_for(lambda: self.call is not None or self.end is not None)
            return self.call

    def ended(self) -> str | None:
        with self.changed:
            self.changed.wait_for(lambda: self.end is not None)
            return self.end

    def _change(self, **to: Any) -> None:
        with self.changed:
            vars(self).update(to)
            self.changed.notify_all()
