"""Signing in: by a party's own service, by password and second factor, or a button in the demo; then which membership."""
