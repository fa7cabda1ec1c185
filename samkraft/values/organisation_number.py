"""Swedish organisation numbers: ten digits, the third at least 2, the last a Luhn check digit."""

import re


def tidy(text: str) -> str:
    """Ten digits without hyphen. Raises ValueError when the number cannot be right."""
    digits = re.sub(r"[\s-]", "", text)
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if not re.fullmatch(r"\d{10}", digits) or digits[2] < "2" or not _luhn(digits):
        raise ValueError(text)
    return digits


def in_words(digits: str) -> str:
    """`2120001124` as `212000-1124`."""
    return f"{digits[:6]}-{digits[6:]}" if digits else ""


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(digits):
        product = int(digit) * (2 - place % 2)
        total += product - 9 if product > 9 else product
    return total % 10 == 0
