"""Sign-up, sign-in, sign-out, and the signed-in user."""
