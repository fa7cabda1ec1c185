"""What is read about money."""
