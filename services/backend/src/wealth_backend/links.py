"""Which operations go on with what an operation answers (links of OpenAPI), for clients and for tests."""

from typing import Any


def links(parameter: str, pointer: str, *operations: str, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """`operations` take as their `parameter` what stands in the answer at `pointer`, like /items/0/id."""
    given = {parameter: f"$response.body#{pointer}"}
    return {status: {"links": {one: {"operationId": one, "parameters": given} for one in operations}}}
