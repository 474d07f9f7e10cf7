"""Where requests come from."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection

_LONGEST = 64
_REMEMBERED = 1000
# One household's share of the IPv6 addresses: whoever has one of these has all of them.
_HOUSEHOLD = 64
_NETWORK = {4: 24, 6: 48}


def client_address(request: HTTPConnection) -> str:
    """As the nearest proxy saw it: it adds the last entry itself, those before it are the client's own words."""
    forwarded = ",".join(request.headers.getlist("x-forwarded-for")).rsplit(",", 1)[-1].strip()
    return (forwarded or (request.client.host if request.client else ""))[:_LONGEST]


@lru_cache(maxsize=_REMEMBERED)
def counted_as(address: str) -> str:
    """What limits are kept by: an IPv4 address, or all IPv6 addresses that one household has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, _HOUSEHOLD), strict=False))
    return str(parsed)


@lru_cache(maxsize=_REMEMBERED)
def network(address: str) -> str:
    """What may be kept of an address: enough to recognise a place, too little to find a person."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ip_network((parsed, _NETWORK[parsed.version]), strict=False))
