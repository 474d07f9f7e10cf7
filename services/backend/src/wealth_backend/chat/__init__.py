"""Questions to the agents."""
