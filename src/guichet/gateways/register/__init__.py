"""The residents' register as it is delivered to the office: an eCH-0099 file, read, written and simulated."""
