"""How the endpoints of a domain are put together."""

from fastapi import APIRouter

from wealth_backend.problems import responses


def router(name: str) -> APIRouter:
    """Endpoints under `/<name>` for people who are signed in."""
    return APIRouter(prefix=f"/{name}", tags=[name], responses=responses(401))
