"""`python -m pagesort` is `pagesort`."""

import sys

from pagesort.doors.cli import main

if __name__ == "__main__":
    sys.exit(main())
