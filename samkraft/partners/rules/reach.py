"""Whose roles an administrator may give: the wall between authorities also holds for those who hand out keys.

An administrator reaches the own body and all that stands under the same top, such as the city's committees. Bodies that
are no authority (associations, companies) have no administrators, so anybody's administrator reaches them. Another
authority is out of reach as soon as it has an administrator of its own; the first one has to come from somewhere.
"""

from samkraft.partners.rules.organisations import OrganisationKind

AUTHORITIES = frozenset(
    {
        OrganisationKind.CITY,
        OrganisationKind.COUNCIL,
        OrganisationKind.BOARD,
        OrganisationKind.WORKING_COMMITTEE,
        OrganisationKind.COMMITTEE,
        OrganisationKind.OFFICE,
        OrganisationKind.STATE_AUTHORITY,
        OrganisationKind.REGION,
        OrganisationKind.COORDINATION_ASSOCIATION,
    }
)


def is_within(*, own_top: object, their_top: object, their_kind: OrganisationKind, has_own_administrator: bool) -> bool:
    """Whether the administrator whose body stands under `own_top` gives roles in a body under `their_top`."""
    return own_top == their_top or their_kind not in AUTHORITIES or not has_own_administrator
