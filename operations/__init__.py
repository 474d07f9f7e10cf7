"""Looks after a running stack: how it is, what is wrong with it and what helps, and a restart of one of its parts.

    python -m operations health

It needs kubectl and nothing but the standard library, and signs in to the cluster as the ServiceAccount `operations`,
which may read everything but Secrets and restart the stack's Deployments.
"""
