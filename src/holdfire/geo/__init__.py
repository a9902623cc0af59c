"""Where things are: the flat frame, the horizon, borders, airports, and the ground under an area."""
