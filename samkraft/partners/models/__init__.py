"""The city's committees, the authorities, their secrecy areas, people and roles."""

from samkraft.partners.models.areas import AreaDecision, SecrecyArea
from samkraft.partners.models.errands import Errand, ErrandEvent, ErrandFile
from samkraft.partners.models.members import Membership, User
from samkraft.partners.models.organisations import Organisation, Unit
from samkraft.partners.models.stand_ins import StandIn

__all__ = [
    "AreaDecision",
    "Errand",
    "ErrandEvent",
    "ErrandFile",
    "Membership",
    "Organisation",
    "SecrecyArea",
    "StandIn",
    "Unit",
    "User",
]
