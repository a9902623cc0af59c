"""The language of rules: its conditions, its files, its meaning, and its compiled table."""
