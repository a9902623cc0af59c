"""`holdfire scenario`: one file a command."""
