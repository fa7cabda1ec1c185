"""Settings from the environment, and where Django begins."""
