"""EUROCONTROL's ASTERIX: the surveillance data of radars (001, 002, 034, 048), ADS-B (021) and systems (062, 065)."""
