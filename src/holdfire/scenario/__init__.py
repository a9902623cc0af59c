"""Scenarios: one night as a file, whose sections belong to the stages that read them."""
