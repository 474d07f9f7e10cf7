"""`AGENT_NAME=… python -m wealth_agents.serve` serves that agent until SIGTERM, then lets running turns end."""

import logging
import sys

from wealth_agents.agent import UnknownAgentError, load_agent
from wealth_agents.settings import Settings
from wealth_core.settings import SettingsError, load
from wealth_core.telemetry import configure_logging

_log = logging.getLogger("wealth_agents")


def main() -> int:
    configure_logging("agents")
    try:
        settings = load(Settings)
        configure_logging(settings.agent_name, settings.log_level)
        agent = load_agent(settings.agent_name)
    except (SettingsError, UnknownAgentError) as error:
        _log.error(str(error))
        return 1
    # Loaded only now: what is wrong with the settings is said at once.
    import uvicorn  # noqa: PLC0415

    from wealth_agents.models import make_model  # noqa: PLC0415
    from wealth_agents.server import build_app  # noqa: PLC0415

    try:
        model = make_model(settings)
    except SettingsError as error:
        _log.error(str(error))
        return 1
    _log.info("serving", extra={"model": model.name if model else agent.analyst.name})
    uvicorn.run(
        build_app(agent, settings, model),
        host="0.0.0.0",  # noqa: S104 - a container's only interface
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=int(agent.turn_limit_s(settings)),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
