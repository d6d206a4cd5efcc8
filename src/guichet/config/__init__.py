"""Settings, addresses, wiring and the operator's command: the only room that sees all others."""
