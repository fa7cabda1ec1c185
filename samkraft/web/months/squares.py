"""A code drawn as squares that a telephone reads: the code and nothing more, so that it says nothing to a stranger."""

from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_M


@lru_cache(maxsize=4_096)
def drawn(signs: str) -> str:
    """The path of the dark squares, in units of one square, in a field of `SIDE` by `SIDE`."""
    code = qrcode.QRCode(version=1, error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(signs)
    code.make(fit=False)
    return "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.get_matrix()) for x, is_dark in enumerate(row) if is_dark
    )


SIDE = 21
