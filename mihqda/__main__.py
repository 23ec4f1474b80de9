"""`python -m mihqda` is the command line."""

from mihqda.cli import main

main()
