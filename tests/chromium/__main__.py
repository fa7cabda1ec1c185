"""`python -m tests.chromium` fetches the browser, if one must be, and says where it is."""

import sys

from tests import chromium

try:
    sys.stdout.write(f"{chromium.find_or_fetch()}\n")
except chromium.ChromiumMissingError as missing:
    sys.exit(str(missing))
