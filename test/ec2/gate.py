"""Where a call waits until it is let through, or until its caller is gone."""

from __future__ import annotations

import select
import socket


class Gate:
    def __init__(self) -> None:
        # A socket, because what waits for another cannot wait for a thread's event at the same time.
        self.inside, self.outside = socket.socketpair()

    def open(self) -> None:
        self.outside.close()

    def wait(self, caller: socket.socket) -> bool:
        """Whether the call was let through; not so, where its caller hung up first. It is for one call."""
        with self.inside:
            return self._wait(caller)

    def _wait(self, caller: socket.socket) -> bool:
        ready, _, _ = select.select([self.inside, caller], [], [])
        if self.inside in ready:
            return True
        if _hung_up(caller):
            return False
        # Behind a request that it sent early, nobody sees it hang up.
        select.select([self.inside], [], [])
        return True


def _hung_up(caller: socket.socket) -> bool:
    try:
        return caller.recv(1, socket.MSG_PEEK) == b""
    except ConnectionError:
        return True
