"""`python -m wealth_backend.describe` writes the OpenAPI document of the API; it wants no settings and no database."""

import json
import sys

from wealth_backend.app import build_api

if __name__ == "__main__":
    json.dump(build_api().openapi(), sys.stdout)
