"""Orders of official documents: catalogue, terms, quote, the order's life, issue and refusal (CGV)."""
