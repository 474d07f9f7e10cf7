"""`python -m wealth_mcp` serves until SIGTERM, then lets running requests end."""

import logging
import sys

from wealth_core.settings import SettingsError, load
from wealth_core.telemetry import configure_logging
from wealth_mcp.settings import Settings

_DRAIN_S = 20


def main() -> int:
    configure_logging("mcp-server")
    try:
        settings = load(Settings)
    except SettingsError as error:
        logging.getLogger("wealth_mcp").error(str(error))  # noqa: TRY400 - the sentence is the whole story
        return 1
    configure_logging("mcp-server", settings.log_level)
    # Loaded only now: what is wrong with the settings is said at once.
    import uvicorn  # noqa: PLC0415

    from wealth_mcp.server import build_app  # noqa: PLC0415

    uvicorn.run(
        build_app(settings),
        host="0.0.0.0",  # noqa: S104 - a container's only interface
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_DRAIN_S,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
