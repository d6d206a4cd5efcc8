"""The name under which rooms import the declaration of background jobs."""

from .lease import DEFAULT_RETRIES, LeasedTask, PermanentFailure, enqueue_instead, job

__all__ = ["DEFAULT_RETRIES", "LeasedTask", "PermanentFailure", "enqueue_instead", "job"]
