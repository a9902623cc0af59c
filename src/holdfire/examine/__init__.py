"""Rule sets examined without a simulation: what they answer, and why."""
