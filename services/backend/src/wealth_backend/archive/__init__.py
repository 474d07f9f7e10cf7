"""Everything out, as files that people keep; and everything back in."""
