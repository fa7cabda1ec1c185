"""What only compiled code calls: compiled without a door for Python, which costs as much as what it would lead to."""

import numba

inner = numba.njit(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)
