"""Online payment at a payment page: nothing of the card ever reaches this house (art. 9 CGV)."""
