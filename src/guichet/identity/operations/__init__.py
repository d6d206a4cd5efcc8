"""The verbs of the identity room, one module per part of the way."""
