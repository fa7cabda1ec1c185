"""`python -m samkraft` is the same as the command `samkraft`."""

import sys

from samkraft.operations.command import main

sys.exit(main())
