"""What a state's own criteria make of the evidence: hostile intent, hostile act, standard identity."""
