"""Importing this module loads the shipped knowledge: for the process that others are forked from, which then have it at once."""

import gc

from pagesort.judge.embedded import knowledge

knowledge()
gc.freeze()  # nothing of it is ever thrown away; looking through it for garbage would copy it into every process
