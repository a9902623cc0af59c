"""Sensors: from the truth to what each of them would have reported."""
