"""Securities that a user holds or watches."""
