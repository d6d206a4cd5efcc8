"""CGV: the terms of sale of the online services, edition of October 2024."""
