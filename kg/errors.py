"""One error root.  A message names the file, the place and the remedy."""

from __future__ import annotations


class KgError(Exception):
    """Something the user can mend; the command line prints it as one line.

    ``exit_status`` is 1 for a failure and 2 for wrong use.
    """

    exit_status = 1

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        """`place: message; remedy`, with what is empty left out.

        >>> str(KgError("no such file", place="a.txt", remedy="check the name"))
        'a.txt: no such file; check the name'
        """
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}; {self.remedy}" if self.remedy else head


class InputError(KgError):
    """A source file that cannot be read as a document."""


class OntologyError(KgError):
    """A file of the ontology or the registry that does not hold together."""


class StoreError(KgError):
    """The built graph is missing, broken or of two builds."""


class OutputError(KgError):
    """A place that cannot be written."""


class QueryError(KgError):
    """A query that cannot be run."""


class UsageError(KgError):
    """Wrong use: an unknown name, parameter or format."""

    exit_status = 2
