"""A2A agents: a coordinator and specialists. They hold no data and no credentials: a turn carries its user's token."""
