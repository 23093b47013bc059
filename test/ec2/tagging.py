"""CreateTags and DeleteTags: on every resource of a request, or on none."""

from __future__ import annotations

from typing import Any

from moto.ec2.models import validate_resource_ids

import markup
from canonical import checked_tag_list, missing
from named import Json, all_rules, known_rules


def create_tags(backend: Any, params: Json) -> str:
    resources, tags = params.get("ResourceId", []), checked_tag_list(params.get("Tag", []))
    if not tags:
        raise missing("The request must contain the parameter tagSet")
    _check_resources(backend, resources)
    backend.create_tags(resources, tags)
    return markup.done()


def delete_tags(backend: Any, params: Json) -> str:
    """A tag without a value goes whatever its value, and without any tag named, all go."""
    resources, tags = params.get("ResourceId", []), params.get("Tag", [])
    validate_resource_ids(resources)
    if not tags:
        tags = [{"Key": key} for resource in resources for key in backend.tags.get(resource, {})]
    backend.delete_tags(resources, {tag.get("Key", ""): tag.get("Value") for tag in tags})
    return markup.done()


def _check_resources(backend: Any, resources: list[str]) -> None:
    """moto knows of every other kind of resource whether it is there."""
    validate_resource_ids(resources)
    rule_ids: list[str | None] = [resource for resource in resources if resource.startswith("sgr-")]
    if rule_ids:
        known_rules(all_rules(backend), rule_ids)
    backend.do_resources_exist([resource for resource in resources if not resource.startswith("sgr-")])
