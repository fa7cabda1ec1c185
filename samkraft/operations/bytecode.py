"""Python keeps what it has translated: else each program that a check or a test starts translates everything anew.

Where the surroundings say that no bytecode may lie among the files, it is kept in our own folder instead. That is done for
checks and tests only, which start hundreds of programs; how the product itself is run is for whoever runs it to say.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / ".samkraft" / "bytecode"
_REFUSED, _KEPT = "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"


def keep() -> None:
    """From now on, here and in every program that is started from here."""
    if os.environ.get(_KEPT) or not sys.dont_write_bytecode:
        return
    os.environ.pop(_REFUSED, None)
    os.environ[_KEPT] = str(FOLDER)
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(FOLDER)
    folder_of_others = FOLDER.joinpath(*Path(tempfile.gettempdir()).parts[1:])
    shutil.rmtree(folder_of_others, ignore_errors=True)  # nobody comes back to what was tried there
