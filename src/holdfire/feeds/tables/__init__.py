"""Positions as tables: somebody else decoded them."""
