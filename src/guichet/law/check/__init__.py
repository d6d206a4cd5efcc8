"""The core held against copies of the official texts, and against itself: structure only, never a sentence."""
