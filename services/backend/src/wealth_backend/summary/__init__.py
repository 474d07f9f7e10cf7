"""Where the money of a month came from and went."""
