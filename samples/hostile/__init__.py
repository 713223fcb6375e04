"""Files made to do harm: bombs, put together by hand, and sound files with something broken in them."""
