"""The server's secret key, and the one before it while both count: a rotation signs nobody out."""

import hashlib
import hmac

from pydantic import SecretStr


class Keyring:
    def __init__(self, current: SecretStr, previous: SecretStr | None = None) -> None:
        self.keys = tuple(key.get_secret_value() for key in (current, previous) if key is not None)

    def macs(self, purpose: str, data: bytes) -> tuple[bytes, ...]:
        """What `data` is authenticated by, under the current key first. One purpose's is worth nothing for another."""
        return tuple(
            hmac.digest(hmac.digest(key.encode(), purpose.encode(), "sha256"), data, "sha256") for key in self.keys
        )

    def vouches(self, purpose: str, data: bytes, mac: bytes) -> bool:
        return any(hmac.compare_digest(ours[: len(mac)], mac) for ours in self.macs(purpose, data))


def digest(secret: bytes) -> bytes:
    """What is kept of a secret: enough to know it again, nothing to sign in with."""
    return hashlib.sha256(secret).digest()
