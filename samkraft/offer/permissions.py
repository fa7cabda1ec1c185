"""Who you are, for what is offered: who looks after an activity of the own body or its own provider."""
