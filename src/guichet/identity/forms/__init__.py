"""What applicants are asked, one module per part of the way."""
