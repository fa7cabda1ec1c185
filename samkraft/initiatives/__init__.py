"""What is undertaken, by whom together, towards which goals: teams, phases and rules as data, risks, meetings, duties."""
