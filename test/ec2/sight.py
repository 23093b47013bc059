"""How a reader sees the rules: as they are or as they were, and in pages of which size at most."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from past import Past


class Sight(NamedTuple):
    past: Past | None = None
    page_size: int | None = None

    def rules(self, now: list[Any], meant: Callable[[Any], bool], first_page: bool) -> list[Any]:
        if self.past is None:
            return [rule for rule in now if meant(rule)]
        return self.past.seen(now, meant, first_page)
