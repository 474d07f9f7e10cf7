"""The MCP server: what an agent may know about one user's money, read through that user's own token."""
