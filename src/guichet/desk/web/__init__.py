"""The desk's doors: one module per page or family of pages."""
