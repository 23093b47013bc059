"""What EC2 accepts in an outbound rule, and the one form in which it keeps it; nothing of moto's stores."""

from __future__ import annotations

import ipaddress
import re
import string
from typing import Any

from moto.ec2.exceptions import EC2ClientError, TagLimitExceeded

# The kinds of destination that are address ranges, by the key under which moto keeps them.
CIDR_KINDS = {"CidrIp": ipaddress.IPv4Network, "CidrIpv6": ipaddress.IPv6Network}
NAMED_PROTOCOLS = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
MALFORMED_ID_CODES = {
    "sg": "InvalidGroupId.Malformed",
    "sgr": "InvalidSecurityGroupRuleId.Malformed",
    "pl": "InvalidPrefixListId.Malformed",
}
# EC2 answers in XML, which can hold everything but these.
FOREIGN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DESCRIPTION_MARKS = "._-:/()#,@[]+=&;{}!$*"


def invalid(message: str) -> EC2ClientError:
    return EC2ClientError("InvalidParameterValue", message)


def missing(message: str) -> EC2ClientError:
    return EC2ClientError("MissingParameter", message)


def combination(message: str) -> EC2ClientError:
    return EC2ClientError("InvalidParameterCombination", message)


def check_id(prefix: str, value: Any) -> None:
    """An id of the wrong shape is malformed, not unknown: `account/sg-…` is no group id."""
    if not re.fullmatch(f"{prefix}-[0-9a-z]+", str(value)):
        shape = f"{prefix}-...; the ID may only contain lowercase alphanumeric characters and a single dash"
        raise EC2ClientError(MALFORMED_ID_CODES[prefix], f'Invalid id: "{value}" (expecting "{shape}")')


def canonical_protocol(asked: str | None) -> str:
    """Protocols are case-folded and, where they have a name, named; other numbers up to 255 stay numbers."""
    if asked is None:
        raise invalid(
            "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly."
        )
    protocol = NAMED_PROTOCOLS.get(asked, asked.lower())
    number = re.fullmatch("0|[1-9][0-9]{0,2}", protocol)
    if protocol in ("-1", *NAMED_PROTOCOLS.values()) or (number and int(protocol) <= 255):
        return protocol
    raise invalid(f"Invalid value '{asked}' for IP protocol. Unknown protocol.")


def canonical_ports(protocol: str, start: int | None, end: int | None) -> tuple[int | None, int | None]:
    """Ports are for tcp and udp, types and codes for icmp and icmpv6; other protocols ignore them."""
    if protocol in ("tcp", "udp"):
        return _port_range(start, end)
    if protocol == "icmpv6" and start is None and end is None:
        return -1, -1
    if protocol in ("icmp", "icmpv6"):
        return _icmp_type_and_code(start, end)
    return None, None


def _port_range(start: int | None, end: int | None) -> tuple[int, int]:
    """tcp and udp need both ports, 0 to 65535, in order."""
    if start is None or end is None:
        raise invalid("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.")
    for port in (start, end):
        if not 0 <= port <= 65535:
            raise invalid(f"TCP/UDP port ({port}) out of range")
    if start > end:
        raise invalid(f"Invalid TCP/UDP port range ({start}:{end})")
    return start, end


def _icmp_type_and_code(kind: int | None, code: int | None) -> tuple[int, int]:
    """icmp needs both type and code, -1 to 255; all types are all codes."""
    if kind is None or code is None:
        raise invalid("Invalid value 'Must specify both type and code with ICMP.' for portRange.")
    for name, value in (("type", kind), ("code", code)):
        if not -1 <= value <= 255:
            raise invalid(f"ICMP {name} ({value}) out of range")
    if kind == -1 and code != -1:
        raise invalid(f"ICMP code ({code}) must be -1 where the ICMP type is -1")
    return kind, code


def canonical_cidr(kind: str, asked: str | None) -> str:
    """Address ranges are kept with their host bits masked, IPv6 compressed and in lower case."""
    try:
        # ipaddress also takes net masks, zone ids and bare addresses, none of which is a CIDR block.
        if not re.fullmatch(r"[0-9A-Fa-f.:]+/(0|[1-9][0-9]{0,2})", asked or ""):
            raise ValueError(asked)
        network = CIDR_KINDS[kind](asked, strict=False)
    except ValueError:
        raise invalid(f"CIDR block {asked} is malformed") from None
    mapped = getattr(network.network_address, "ipv4_mapped", None)
    if mapped is not None:  # Python writes these with dots from 3.13 on, and in hexadecimal before.
        return f"::ffff:{int(mapped) >> 16:x}:{int(mapped) & 0xFFFF:x}/{network.prefixlen}"
    return str(network)


def checked_description(kind: str, text: str | None) -> str | None:
    """Descriptions keep to 255 characters of a small set, `&` for CIDRs alone; one of spaces only is none."""
    marks = DESCRIPTION_MARKS if kind in CIDR_KINDS else DESCRIPTION_MARKS.replace("&", "")
    if text and (len(text) > 255 or set(text) - set(string.ascii_letters + string.digits + " " + marks)):
        raise invalid(
            "Invalid rule description. Valid descriptions are strings less than 256 characters "
            f"from the following set:  a-zA-Z0-9 {marks}"
        )
    return text if text and text.strip() else None


def checked_tags(specifications: list[dict[str, Any]]) -> dict[str, str]:
    """Only the rules themselves can be tagged at creation."""
    for specification in specifications:
        kind = specification.get("ResourceType")
        if kind != "security-group-rule":
            raise invalid(f"'{kind}' is not a valid taggable resource type for this operation.")
    return checked_tag_list([tag for specification in specifications for tag in specification.get("Tag", [])])


def checked_tag_list(asked: list[dict[str, str]]) -> dict[str, str]:
    """Tags keep to the bounds of keys, values and number."""
    tags: dict[str, str] = {}
    for tag in asked:
        key, value = tag.get("Key", ""), tag.get("Value", "")
        if FOREIGN.search(key) or FOREIGN.search(value):
            raise invalid("Tag keys and values must be text that XML can hold")
        if key.lower().startswith("aws:"):
            raise invalid("Tag keys starting with 'aws:' are reserved for internal use")
        if not 1 <= len(key) <= 127:
            raise invalid(f"Tag key '{key}' is not between 1 and 127 characters long")
        if len(value) > 256:
            raise invalid("Tag value exceeds the maximum length of 256 characters")
        if key in tags:
            raise invalid(f"Duplicate tag key '{key}' specified.")
        tags[key] = value
    if len(tags) > 50:
        raise TagLimitExceeded()
    return tags
