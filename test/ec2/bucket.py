"""EC2's token buckets: each call takes a token, and tokens come back at a steady pace."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Limit(NamedTuple):
    capacity: float
    per_second: float


class TokenBucket:
    def __init__(self, limit: Limit, clock: Callable[[], float] = time.monotonic):
        self.limit = limit
        self.clock = clock
        self.tokens = limit.capacity
        self.filled = clock()
        self.lock = threading.Lock()

    def take(self) -> bool:
        """Whether there was a token to take."""
        with self.lock:
            now = self.clock()
            regained = (now - self.filled) * self.limit.per_second
            self.tokens = min(self.limit.capacity, self.tokens + regained)
            self.filled = now
            if self.tokens < 1:
                return False
            self.tokens -= 1
            return True


class Buckets:
    """A bucket for each Region and action; an action without a limit is never refused."""

    def __init__(self, limits: Mapping[str, Limit], clock: Callable[[], float] = time.monotonic):
        self.limits = limits
        self.clock = clock
        self.buckets: dict[tuple[str, str], TokenBucket] = {}
        self.lock = threading.Lock()

    def take(self, region: str, action: str) -> bool:
        limit = self.limits.get(action)
        if limit is None:
            return True
        with self.lock:
            bucket = self.buckets.setdefault((region, action), TokenBucket(limit, self.clock))
        return bucket.take()
