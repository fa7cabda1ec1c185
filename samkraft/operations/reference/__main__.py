"""Write the generated pages; with --check only say which differ."""

import sys

from samkraft.operations import reference

if "--check" in sys.argv[1:]:
    faults = reference.differences()
    print("\n".join(faults))
    sys.exit(1 if faults else 0)
for path in reference.write():
    print(path.relative_to(reference.FOLDER.parents[1]))
