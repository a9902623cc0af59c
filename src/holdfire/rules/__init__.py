"""Permissions: what may be done, on whose authority, by which rule, and what is missing."""
