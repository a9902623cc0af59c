"""YAML 1.2 with positions: what authors write, read so that every fault has its line and column."""
