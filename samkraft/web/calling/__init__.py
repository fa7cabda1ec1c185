"""Call lists of studies: laid in by those who know the people, called by those who are named, in the order of the lot."""
