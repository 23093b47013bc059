"""What tests want hidden of that which is new, and for how many calls."""

from __future__ import annotations

from past import Past
from unseen import UnseenGroups


class Hidden:
    def __init__(self, rules: int = 0, groups: int = 0, regions: list[str] | None = None):
        self.rules = rules
        self.regions = regions
        self.groups = UnseenGroups(groups)
        self.pasts: dict[str, Past] = {}

    def past(self, region: str) -> Past:
        reads = self.rules if self.regions is None or region in self.regions else 0
        return self.pasts.setdefault(region, Past(reads))
