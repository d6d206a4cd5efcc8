"""The desk: the office's shell over the cases: work lists, case pages, the print batch, the worker's jobs, the register."""
