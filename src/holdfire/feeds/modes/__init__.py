"""Mode S: frames as receivers write them, and the positions that rs1090 finds in them."""
