"""How the tests want the endpoint to behave, until they say otherwise."""

from __future__ import annotations

from typing import Any

from bucket import Buckets, Limit
from delay import Delay

RULES_PER_FAMILY = 60


class Settings:
    def __init__(self) -> None:
        self.denied: frozenset[str] = frozenset()
        self.delay = Delay(0)
        self.buckets = Buckets({})
        self.rules_per_family = RULES_PER_FAMILY

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
