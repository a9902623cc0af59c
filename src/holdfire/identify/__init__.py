"""From tracks, contacts and filed plans to evidence: what is known about each aircraft, and how fresh it is."""
