"""Who can get there in time, and what happens: crews, authorities, looks, shots and what falls. Only ever simulated."""
