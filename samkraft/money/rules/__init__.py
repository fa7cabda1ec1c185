"""What the case allows with money, and how decisions are read and posted. Pure: no Django, no clock, no database."""
