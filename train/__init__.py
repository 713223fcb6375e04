"""Makes the files in `src/pagesort/judge/weights`. May import pagesort; pagesort never imports it."""
