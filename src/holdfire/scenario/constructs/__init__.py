"""What an option of the catalogue is made of, one construct a file, each worked out against a scenario's data."""
