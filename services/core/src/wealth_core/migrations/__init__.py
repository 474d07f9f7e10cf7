"""The schema's history. Revisions are numbered, so that a service can tell an older schema from a newer one."""
