"""The database's set-up: `migrate` as owner, then `grants` for the serving role, and `roles` checks what is safe."""
