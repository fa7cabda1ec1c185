"""samkraft begin: the first person of a new installation."""

import argparse

from samkraft.operations import command
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.values.wording import spoken


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "begin",
        help=spoken("lägg upp den första systemadministratören"),
        description=(
            "Lägger upp den första organisationen och dess systemadministratör i en tom installation, och skriver en "
            "länk där personen väljer lösenord. Länken skrivs bara den här gången. Sedan ger den personen roller åt andra."
        ),
    )
    parser.add_argument("--email", required=True, help="personens e-postadress")
    parser.add_argument("--name", required=True, help="personens namn")
    parser.add_argument("--organisation", required=True, metavar="NAMN", help="organisationen, till exempel Malmö stad")
    parser.add_argument(
        "--kind",
        default=OrganisationKind.CITY.value,
        choices=[kind.value for kind in OrganisationKind],
        help="organisationens slag (city, state_authority, region …)",
    )
    parser.add_argument("--number", default="", metavar="ORGNR", help="organisationsnummer")
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Begin, and print the link."""
    command.set_up()
    from samkraft.partners.actions import begin, invitations

    by = begin.begin(
        email=options.email,
        name=options.name,
        organisation_name=options.organisation,
        organisation_kind=options.kind,
        organisation_number=options.number,
    )
    print(f"{options.name} är systemadministratör i {options.organisation}.")
    print("Öppna länken inom tre dagar och välj lösenord. Den går att använda en gång:")
    print(invitations.link(by.actor_id))
    return command.FINE
