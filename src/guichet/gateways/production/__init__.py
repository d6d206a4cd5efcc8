"""The production of passports and identity cards: ordered there, asked about, never believed without an answer."""
