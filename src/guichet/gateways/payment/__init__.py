"""Online payment on the provider's own page: nothing of the card ever reaches this house (art. 6 al. 3 CGV)."""
