"""`holdfire rules`: one file a command."""
