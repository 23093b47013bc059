"""What a request says about itself: its form, and the Region and key of its signature."""

from __future__ import annotations

import io
import re
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

# Every service that speaks in forms names its version, and no two share one.
EC2_VERSION = "2016-11-15"
SCOPE = re.compile(r"Credential=([^/,\s]+)/\d+/([^/,\s]+)/")
# Where the layers of the server look up what the first of them has read.
FORM = "ec2.form"
# Where they note in the log what they made of a call.
CALL = "ec2.call"
# The key of the endpoint's own look-ups, which tell tests what is there, whatever befalls others.
ONLOOKER = "onlooker"


def read_form(environ: dict[str, Any]) -> dict[str, str]:
    """Reads the form and puts it back for moto to read; empty for what is no call to EC2."""
    if not environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return {}
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return form if form.pop("Version", None) == EC2_VERSION else {}


class Asked(NamedTuple):
    """What tests tell calls apart by."""

    action: str
    region: str
    rules: int


def asked(environ: dict[str, Any]) -> Asked:
    form = environ[FORM]
    permissions = {name.split(".")[1] for name in form if name.startswith("IpPermissions.")}
    ids = {value for value in form.values() if value.startswith("sgr-")}
    _, region = signed_by(environ)
    return Asked(form.get("Action", ""), region, max(len(permissions), len(ids)))


def signed_by(environ: dict[str, Any]) -> tuple[str, str]:
    """The access key and the Region for which a request is signed."""
    scope = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    return (scope[1], scope[2]) if scope else ("", "us-east-1")


def is_onlooker(environ: dict[str, Any]) -> bool:
    return signed_by(environ)[0] == ONLOOKER


def is_dry_run(form: dict[str, str]) -> bool:
    return form.get("DryRun", "").lower() == "true"
