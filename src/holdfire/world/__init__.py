"""The truth of one night: what flies, where, and what it means to do. Whoever decides cannot import it."""
