"""A world: an EC2 of its own, on a port of its own, with a call log in front."""

from __future__ import annotations

import threading
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from connection import Connection, close_all
from emulator import Emulator
from front import Front
from hiding import Hiding
from rule import Rule
from settings import Settings
from store import Store
from strict import Strict

# How soon a server notices that it is to end.
POLL_SECONDS = 0.02

moto = DomainDispatcherApplication(create_backend_app)


def make_front(plain: bool, emulator: str | None) -> Front:
    settings = Settings()
    if emulator:
        return Front(Emulator(emulator), Store(), settings)
    if plain:
        return Front(moto, Store(), settings)
    return Front(Hiding(Strict(moto, settings), settings), Store(Rule), settings)


class World:
    def __init__(self, plain: bool, emulator: str | None):
        self.front = make_front(plain, emulator)
        self.server = make_server("127.0.0.1", 0, self.front, threaded=True, request_handler=Connection)
        threading.Thread(target=self.server.serve_forever, args=[POLL_SECONDS], daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.port}"

    def end(self) -> None:
        """Lets go of the calls that are held, and hears no more."""
        self.front.settings.change({"milliseconds": 0, "faults": []})
        self.front.arrivals.holds.release()
        self.server.shutdown()
        self.server.server_close()
        close_all(self.server)


class Worlds:
    def __init__(self) -> None:
        self.by_port: dict[int, World] = {}

    def make(self, asked: dict[str, Any]) -> World:
        world = World(bool(asked.get("plain")), asked.get("emulator"))
        self.by_port[world.server.port] = world
        return world

    def end(self, port: int) -> None:
        self.by_port.pop(port).end()
