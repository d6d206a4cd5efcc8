"""The law core, one file for each part of the kernel and each chapter of a text."""
