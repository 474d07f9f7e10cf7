"""What was said to the agents, and what they answered."""
