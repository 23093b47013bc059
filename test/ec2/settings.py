"""How the tests want the endpoint to behave, until they say otherwise."""

from __future__ import annotations

from typing import Any

from bucket import Buckets, Limit
from delay import Delay
from faults import Faults
from hidden import Hidden

RULES_PER_FAMILY = 60


class Settings:
    def __init__(self) -> None:
        self.denied: frozenset[str] = frozenset()
        self.delay = Delay(0)
        self.buckets = Buckets({})
        self.rules_per_family = RULES_PER_FAMILY
        self.faults = Faults()
        self.hidden: Hidden | None = None
        self.page_size: int | None = None

    def change(self, asked: dict[str, Any]) -> None:
        """What is not asked for stays as it is; buckets are full whenever they are asked for."""
        if "denied" in asked:
            self.denied = frozenset(asked["denied"])
        if "milliseconds" in asked:
            before, self.delay = self.delay, Delay(asked["milliseconds"] / 1000)
            before.end()
        if "buckets" in asked:
            limits = asked["buckets"].items()
            self.buckets = Buckets({name: Limit(it["capacity"], it["perSecond"]) for name, it in limits})
        if "rulesPerFamily" in asked:
            self.rules_per_family = asked["rulesPerFamily"]
        if "faults" in asked:
            past, self.faults = self.faults, Faults(asked["faults"])
            past.end()
        if "hidden" in asked:
            counts = asked["hidden"]
            self.hidden = Hidden(**counts) if any(counts.values()) else None
        if "pageSize" in asked:
            self.page_size = asked["pageSize"]
