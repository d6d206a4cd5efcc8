"""The pages of the applicants."""
