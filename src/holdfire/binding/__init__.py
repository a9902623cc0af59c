"""Which rule sets bind whom, and the rulings they give together."""
