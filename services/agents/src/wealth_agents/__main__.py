"""`AGENT_NAME=… python -m wealth_agents` serves that agent under the eyes of a watchdog."""

import sys

from wealth_agents.watchdog import guard

sys.exit(guard("-m", "wealth_agents.serve"))
