"""What a night does to the confrontation: events on a ladder of rungs, for both sides."""
