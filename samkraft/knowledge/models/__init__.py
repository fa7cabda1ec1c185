"""What is worked out from money and people together: figures as they were, what was released, composed documents."""
