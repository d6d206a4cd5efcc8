"""The procedures of LIPAD, one module each, in the order of the text."""
