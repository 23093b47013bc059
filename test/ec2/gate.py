"""Where a call waits until it is let through, or until its caller is gone."""

from __future__ import annotations

import selectors
import socket
from typing import Any


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
        if self.inside in _ready(self.inside, caller):
            return True
        if _hung_up(caller):
            return False
        # Behind a request that it sent early, nobody sees it hang up.
        _ready(self.inside)
        return True


def _ready(*sockets: socket.socket) -> list[Any]:
    with selectors.DefaultSelector() as selector:
        for waited in sockets:
            selector.register(waited, selectors.EVENT_READ)
        return [key.fileobj for key, _ in selector.select()]


def _hung_up(caller: socket.socket) -> bool:
    try:
        return caller.recv(1, socket.MSG_PEEK) == b""
    except ConnectionError:
        return True
