"""Who gets which place? problem → bound → plan → check → explain."""
