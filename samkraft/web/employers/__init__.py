"""Arbetsgivare: whom we meet, what they offer, who meets them, and how much time it gets."""
