"""The first of two questions: who you are. The second, what the case allows, is each domain's own."""

from samkraft.partners.rules.roles import ROLES, Permission, Role, may
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_ALLOWED = Reason(
    "not_allowed",
    phrase("Din roll {role} får inte göra det här."),
    phrase("Det får: {who}. Be någon av dem, eller byt roll om du har fler."),
)


def why_not(by: Context, permission: Permission) -> Reason | None:
    """None when the role gives the permission, else the reason."""
    return None if may(by.role, permission) else NOT_ALLOWED


def require(by: Context, permission: Permission) -> None:
    """Raise Refused, naming the roles that may, when the role does not give the permission."""
    if reason := why_not(by, permission):
        who = [ROLES[role].name for role in Role if may(role, permission) and role is not Role.PUBLIC]
        raise Refused(reason, role=ROLES[Role(by.role)].name, who=", ".join(who) or "–")
