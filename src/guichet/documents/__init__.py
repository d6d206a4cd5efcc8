"""Documents of the office: made, sealed, kept, and verified by whoever receives them."""
