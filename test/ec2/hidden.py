"""What tests want hidden of that which is new, and for how many calls."""

from __future__ import annotations

from past import Past
from unseen import UnseenGroups


class Hidden:
    def __init__(self, rules: int | dict[str, int] = 0, groups: int = 0):
        self.rules = rules
        self.groups = UnseenGroups(groups)
        self.pasts: dict[str, Past] = {}

    def past(self, region: str) -> Past:
        reads = self.rules if isinstance(self.rules, int) else self.rules.get(region, 0)
        return self.pasts.setdefault(region, Past(reads))
