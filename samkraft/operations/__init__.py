"""The `samkraft` command and what runs beside the pages: jobs, the demo's city, proofs, benches, the checks of the project."""
