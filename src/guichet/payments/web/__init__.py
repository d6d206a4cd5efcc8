"""Doors of the payments room."""
