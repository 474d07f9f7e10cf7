"""`python -m wealth_backend` serves until SIGTERM, then lets running requests end."""

import logging
import signal
import sys
import threading
from types import FrameType

import uvicorn

from wealth_backend.app import build_app
from wealth_backend.health import Readiness
from wealth_backend.settings import Settings
from wealth_core.settings import SettingsError, load
from wealth_core.telemetry import configure_logging

_DRAIN_S = 20
# Longer than any proxy keeps an idle connection, so that it is always the proxy that ends one.
_KEEP_ALIVE_S = 120

_log = logging.getLogger("wealth_backend")


class _Server(uvicorn.Server):
    """On SIGTERM first says that it isn't ready, serves on while the cluster takes that in, and only then drains."""

    def __init__(self, config: uvicorn.Config, readiness: Readiness, delay_s: float) -> None:
        super().__init__(config)
        self._readiness = readiness
        self._delay_s = delay_s

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if sig != signal.SIGTERM or self._readiness.draining:
            super().handle_exit(sig, frame)
            return
        self._readiness.draining = True
        end = threading.Timer(self._delay_s, super().handle_exit, (sig, frame))
        end.daemon = True  # a second signal doesn't wait for it
        end.start()


def main() -> int:
    configure_logging("backend")
    try:
        settings = load(Settings)
    except SettingsError as error:
        _log.error(str(error))
        return 1
    configure_logging("backend", settings.log_level)
    app, readiness = build_app(settings)
    config = uvicorn.Config(
        app,
        host="0.0.0.0",  # noqa: S104 - a container's only interface
        port=settings.port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_DRAIN_S,
    )
    _Server(config, readiness, settings.shutdown_delay_s).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
