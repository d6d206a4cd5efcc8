"""Passports and identity cards: from the application to the delivered document (RDId)."""
