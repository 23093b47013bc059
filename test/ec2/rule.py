"""A rule as EC2 reads it back, and what makes two of them the same."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from moto.ec2.models import security_groups as model
from moto.utilities.utils import get_partition

# The key under which moto keeps each kind of destination.
DESTINATION_KINDS = ("CidrIp", "CidrIpv6", "PrefixListId", "GroupId")


class Rule(model.SecurityGroupRule):
    """A rule reads back with its owner, its ARN, and the description of any kind of destination."""

    # moto reads the name of the service from the module of each of its classes.
    __module__ = model.__name__

    def __init__(
        self,
        backend: Any,
        protocol: str,
        group_id: str,
        start: Any,
        end: Any,
        ip_range: dict[str, Any] | None,
        source_group: dict[str, Any] | None = None,
        prefix_list: dict[str, Any] | None = None,
        **rest: Any,
    ):
        super().__init__(backend, protocol, group_id, start, end, ip_range, source_group, prefix_list, **rest)
        self.prefix_list = prefix_list or {}

    @property
    def group_owner_id(self) -> str:
        return self.ec2_backend.account_id

    @property
    def arn(self) -> str:
        region = self.ec2_backend.region_name
        return f"arn:{get_partition(region)}:ec2:{region}:{self.group_owner_id}:security-group-rule/{self.id}"

    @property
    def destination(self) -> dict[str, Any]:
        return self.ip_range or self.source_group or self.prefix_list

    @cached_property
    def kind(self) -> str:
        return next(kind for kind in DESTINATION_KINDS if kind in self.destination)

    @property
    def peer(self) -> str:
        return self.destination[self.kind]

    @cached_property
    def identity(self) -> tuple[Any, ...]:
        """Protocol, ports and destination make two rules the same; description, tags and owner do not."""
        return self.ip_protocol, self.from_port, self.to_port, self.kind, self.peer

    @property
    def description(self) -> str | None:
        return self.destination.get("Description")

    @description.setter
    def description(self, text: str | None) -> None:
        self.destination["Description"] = text

    @property
    def tag_texts(self) -> dict[str, str]:
        return self.ec2_backend.tags.get(self.id, {})

    def get_tags(self) -> list[dict[str, str]]:
        """moto looks through the tags of all there is."""
        return [{"resource_id": self.id, "key": key, "value": value} for key, value in self.tag_texts.items()]

    def named_as_duplicate(self) -> str:
        """The words in which EC2 tells which rule is there already."""
        protocol, start, end = self.ip_protocol, self.from_port, self.to_port
        if protocol in ("tcp", "udp"):
            traffic = f"{protocol.upper()}, from port: {start}, to port: {end}"
        elif protocol in ("icmp", "icmpv6"):
            kind, code = ("ALL" if number == -1 else number for number in (start, end))
            traffic = f"{protocol.replace('icmp', 'ICMP')}, type: {kind}, code: {code}"
        else:
            traffic = "ALL" if protocol == "-1" else f"protocol: {protocol}"
        return f"peer: {self.peer}, {traffic}, ALLOW"
