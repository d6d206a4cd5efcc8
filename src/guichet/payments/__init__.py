"""Money: attempts to pay, what the provider said of them, receipts and books. Knows cases only by their reference."""
