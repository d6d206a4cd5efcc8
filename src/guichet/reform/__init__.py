"""What a change of the figures of the law would do to a file of cases."""
