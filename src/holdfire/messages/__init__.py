"""What stages hand on: record layouts with field, unit, meaning and "unknown"."""
