"""Who may do what, as a table; and which roles cannot be held together, and why."""

from samkraft.partners.rules.roles import PERMISSION_NAMES, ROLES, Permission, Role, conflict_between, may

PATH = "permissions.md"


def text() -> str:
    """The page."""
    lines = ["# Roller och behörigheter", ""]
    lines += ["Rollen säger vad någon får göra. I ett ärende om en person krävs dessutom att ärendet är ens eget.", ""]
    lines += [f"{number}. {PERMISSION_NAMES[one]} (`{one.value}`)" for number, one in enumerate(Permission, start=1)]
    lines += ["", "| Roll | " + " | ".join(str(number) for number in range(1, len(Permission) + 1)) + " |"]
    lines += ["|---|" + "---|" * len(Permission)]
    for role in Role:
        marks = " | ".join("ja" if may(role, one) else "–" for one in Permission)
        lines.append(f"| {ROLES[role].name} (`{role.value}`) | {marks} |")
    lines += ["", "## Rollerna i ord", ""]
    lines += [
        f"- **{ROLES[role].name}.** {ROLES[role].description} Ändamål i loggen: {ROLES[role].purpose}." for role in Role
    ]
    lines += ["", "## Roller som ingen får ha samtidigt", "", "| Roll | Roll | Varför |", "|---|---|---|"]
    everyone = list(Role)
    for place, one in enumerate(everyone):
        for other in everyone[place + 1 :]:
            if why := conflict_between(one, other):
                lines.append(f"| {ROLES[one].name} | {ROLES[other].name} | {why} |")
    return "\n".join(lines)
