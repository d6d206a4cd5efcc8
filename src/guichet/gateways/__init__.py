"""One folder per outside system: its port, the real adapter, a faithful simulator, a check of the setup."""
