"""One self-contained page of a study: comparison, map, nights to be played, and why each ruling was as it was."""
