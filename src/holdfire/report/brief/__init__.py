"""The brief: two pages that answer a question, every number of which leads to the run and the night behind it."""
