"""Doors of the documents room."""
