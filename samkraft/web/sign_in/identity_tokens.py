"""The signed answer of a party's sign-in service: who vouches, for whom, to whom, and as an answer to which question.

Checked in full, although it came straight from the service: OpenID Connect Core 1.0, sections 3.1.3.7 and 5.3.2.
"""

from typing import Any

import jwt

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

# Only signatures with a key pair: with a shared secret, or none, anybody who knows our secret could be the service.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
REQUIRED = ("iss", "sub", "aud", "exp", "iat")
LEEWAY_S = 60  # two machines' clocks are never quite the same

_AGAIN = phrase(
    "Du är inte inloggad. Försök igen. Händer det en gång till ber du den som sköter tjänsten {service} att se efter."
)
NOT_BEGUN_HERE = Reason(
    "not_begun_here",
    phrase("Inloggningen började i en annan webbläsare, eller för länge sedan."),
    phrase("Du är inte inloggad. Börja om härifrån."),
)
NO_ANSWER = Reason("no_answer", phrase("Inloggningstjänsten {service} svarar inte som den ska."), _AGAIN)
NOT_SIGNED = Reason("not_signed", phrase("Svaret är inte underskrivet av inloggningstjänsten {service}."), _AGAIN)
NOT_FROM_THE_SERVICE = Reason("not_from_the_service", phrase("Svaret kommer inte från tjänsten {service}."), _AGAIN)
NOT_TO_US = Reason("not_to_us", phrase("Svaret från {service} var till en annan mottagare än Samkraft."), _AGAIN)
TOO_OLD = Reason("too_old", phrase("Svaret från {service} gäller inte längre, eller inte ännu."), _AGAIN)
ANOTHER_SIGN_IN = Reason(
    "another_sign_in", phrase("Svaret från {service} hör till en annan inloggning än den du började."), _AGAIN
)
ANOTHER_PERSON = Reason("another_person", phrase("Svaret från {service} handlar om två olika personer."), _AGAIN)

_FAULTS: tuple[tuple[type[Exception], Reason], ...] = (
    (jwt.ExpiredSignatureError, TOO_OLD),
    (jwt.ImmatureSignatureError, TOO_OLD),
    (jwt.InvalidAudienceError, NOT_TO_US),
    (jwt.InvalidIssuerError, NOT_FROM_THE_SERVICE),
)


def read(token: str, *, keys: dict[str, Any], issuer: str, audience: str, nonce: str, service: str) -> dict[str, Any]:
    """What the service says about the person. `keys` is its published key set. Raises Refused for the first fault."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(token, keys),
            algorithms=list(ALGORITHMS),
            issuer=issuer,
            audience=audience,
            leeway=LEEWAY_S,
            options={"require": list(REQUIRED)},
        )
    except (jwt.PyJWTError, KeyError, ValueError, TypeError) as fault:
        reason = next((reason for kind, reason in _FAULTS if isinstance(fault, kind)), NOT_SIGNED)
        raise Refused(reason, service=service) from fault
    if claims.get("azp", audience) != audience:
        raise Refused(NOT_TO_US, service=service)
    if not nonce or claims.get("nonce") != nonce:
        raise Refused(ANOTHER_SIGN_IN, service=service)
    return claims


def require_same_person(claims: dict[str, Any], more: dict[str, Any], *, service: str) -> None:
    """What was asked for afterwards must be about the person in the signed answer. Raises Refused."""
    if more.get("sub") != claims["sub"]:
        raise Refused(ANOTHER_PERSON, service=service)


def _key(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The published key that the token names; the only one, when it names none."""
    wanted = jwt.get_unverified_header(token).get("kid")
    usable = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use in (None, "sig")]
    found = [key for key in usable if key.key_id == wanted] if wanted else usable
    if len(found) != 1:
        raise KeyError(f"no one key called {wanted!r}")
    return found[0]
