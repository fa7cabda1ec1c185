"""How a list of faults becomes a failed test that can be read: one fault a line, none cut."""

import pytest


def is_clean(faults: list[str], words: str = "") -> None:
    """Fail with every fault if there is any."""
    if faults:
        lines = "\n".join(f"  {fault}" for fault in dict.fromkeys(faults))
        pytest.fail(f"{words or 'faults'}: {len(faults)}\n{lines}", pytrace=False)
