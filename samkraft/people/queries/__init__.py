"""What is read about people, as the reader's area may know it; `cohorts` is the door to knowledge."""
