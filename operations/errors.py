"""What can keep a command from its answer."""


class OperationsError(Exception):
    """A sentence for the user: what is wrong, and what helps."""


class NoStackError(OperationsError):
    """There is nothing to look at."""


class ClusterError(OperationsError):
    """The cluster gave no answer, or refused it."""


class ModelError(OperationsError):
    """The model or its program gave no answer that could be used."""
