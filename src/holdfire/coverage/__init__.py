"""Where a border is unwatched, and where more sensors would help."""
