"""Pages about studies: the list, the registration, the study with its steps, the lot that anybody can make again."""
