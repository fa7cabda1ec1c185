"""What there is to offer, by whom, when and with how many places."""
