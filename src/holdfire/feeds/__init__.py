"""Feeds: the bytes of real sensors become plots, reported positions and system tracks, and what is no good is said."""
