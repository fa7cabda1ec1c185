"""A summer job: applied for, drawn, placed, begun, worked and paid."""
