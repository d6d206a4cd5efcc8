"""What every room shares and that knows no case: refusals, formats, keys, page components."""
