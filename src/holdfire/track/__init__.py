"""Which plots are one aircraft, and where it is thought to be and go."""
