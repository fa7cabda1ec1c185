"""What only compiled code calls: compiled without a door for Python, which costs more than what it would lead to.

Only `run.several` and `chance.keys` are called from Python, and compiled with `njit` itself.
"""

from numba import njit

_WITHOUT_DOORS = {"_nrt": False, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
inner = njit(**_WITHOUT_DOORS)
inlined = njit(forceinline=True, **_WITHOUT_DOORS)
