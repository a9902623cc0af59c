"""Studies: options times replications, run in chunks, estimated and compared."""
