"""What came of a night: the truth joined with what was decided, afterwards and by place."""
