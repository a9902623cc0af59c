"""`python -m holdfire`."""

from holdfire.cli.main import main

main()
