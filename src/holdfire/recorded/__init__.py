"""A recording becomes an air picture: read, registered, tracked, held against the truth, and written."""
