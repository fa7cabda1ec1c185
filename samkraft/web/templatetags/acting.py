"""The hidden fields that every form carries."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("components/context_field.html", takes_context=True)
def context_field(context: dict[str, Any]) -> dict[str, Any]:
    """The guard against forged forms, and the membership that the form was opened in."""
    request = context["request"]
    by = getattr(request, "by", None)
    return {"csrf_token": context.get("csrf_token"), "membership_id": str(by.membership_id) if by else ""}
