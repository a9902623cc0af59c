"""What can be said of options whatever the unknowns are: trade-off, front, regret, shares of a space, discovery."""
