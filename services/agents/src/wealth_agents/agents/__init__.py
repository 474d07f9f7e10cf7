"""One module for each agent. A new one is a module that defines AGENT (see wealth_agents.agent)."""
