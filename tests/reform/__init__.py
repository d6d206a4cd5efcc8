"""What a reform does to a file of cases."""
