"""Pages of the identity room: the citizen's, and those of the authorities' counters."""
