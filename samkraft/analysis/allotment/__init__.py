"""Who gets which place? problem → bound → plan → check → explain.

Start in `allotting.allot`, which conducts. `instance` says what can be asked, `reading` and `writing` are its file;
`compiling` and `rows` make it arrays (`problem`). `pricing` finds the best chain of one unit, `prices` the bound,
`diving` and `improving` a plan; `assignment` and `programme` solve exactly what is plain or small; `classes` is
priority. `checking`, `checking_bound` and `proving` count everything anew from the file alone. `explaining` says why
not, `conflicts` which rules cannot hold at once, `moving` mends a plan around one person, `uncertainty` what a gain is
worth when benefits are estimates, `greedy` what is lost by first come. `made_up` and `examples` make instances.
"""
