"""The code that somebody's app shows just now."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal import auth as totp


def shown(secret: str, steps: int = 0) -> str:
    """The code for the half-minute that is now, or for the one so many `steps` later."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    return str(totp.format_hotp_value(totp.hotp_value(secret, now + steps)))
