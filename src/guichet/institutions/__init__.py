"""Offices of the State, how to reach them, and who of their people may act in which role."""
