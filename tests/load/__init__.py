"""What is measured, and against which floors (``python3 dev.py bench``)."""
