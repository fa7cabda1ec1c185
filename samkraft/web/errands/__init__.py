"""What one has asked for and what is done beside the pages: how far it has come, what it gave."""
