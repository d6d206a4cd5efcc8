"""The citizen's shell: home, the pages that the footer promises, health."""
