"""Monthly envelopes for categories."""
