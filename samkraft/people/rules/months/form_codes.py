"""The short code on a paper form: it says which form came back, and nothing about whom or what to anybody else.

Seven signs that cannot be mistaken for each other, the last a check of the others, so that a wrong sign is noticed. The code
is worked out with the product's own key from what the form is for; whoever may see the person can work it out again.
"""

import hashlib
import hmac
from uuid import UUID

SIGNS = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
LENGTH = 7


def code(key: bytes, purpose: str, enrolment_id: UUID, when: str) -> str:
    """The code of a form: for what (`time`, `progression`), of which enrolment, and for which month or day."""
    made = hmac.new(key, f"{purpose} {enrolment_id} {when}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(made[:8], "big")
    signs = ""
    for _ in range(LENGTH - 1):
        number, rest = divmod(number, len(SIGNS))
        signs += SIGNS[rest]
    return signs + _check(signs)


def read(text: str) -> str | None:
    """The code as it is kept; None when it cannot be one."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    if len(signs) != LENGTH or any(sign not in SIGNS for sign in signs) or _check(signs[:-1]) != signs[-1]:
        return None
    return signs


def shown(signs: str) -> str:
    """In two groups, as it is printed."""
    return f"{signs[:4]}-{signs[4:]}"


def _check(signs: str) -> str:
    """Notices one wrong sign anywhere, and two neighbours that have changed places."""
    total = 0
    for sign in signs:  # as many signs as a prime number, so that each place weighs something else
        total = (total * 3 + SIGNS.index(sign) + 1) % len(SIGNS)
    return SIGNS[total]
