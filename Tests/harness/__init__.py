"""What the Python tests share: the running program, a visitor, and sample files."""

from .samples import Samples
from .server import PROGRAM, ROOT, SOAK, Server, new_postgres_database, postgres_is_available
from .visitor import API, Visitor, eventually

__all__ = [
    "API",
    "PROGRAM",
    "ROOT",
    "SOAK",
    "Samples",
    "Server",
    "Visitor",
    "eventually",
    "new_postgres_database",
    "postgres_is_available",
]
