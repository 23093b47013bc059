"""How a reader sees the rules: as they are or as they were, and in pages of which size at most."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from past import Past


class Sight:
    def __init__(self, past: Past | None = None, page_size: int | None = None):
        self.past = past
        self.page_size = page_size
        self.is_stale = False

    def rules(self, now: list[Any], meant: Callable[[Any], bool], first_page: bool) -> list[Any]:
        current = [rule for rule in now if meant(rule)]
        if self.past is None:
            return current
        seen = self.past.seen(now, meant, first_page)
        self.is_stale = {id(rule) for rule in seen} != {id(rule) for rule in current}
        return seen
