"""A knowledge-graph builder and query tool for Chinese government reply letters."""

__version__ = "0.1.0"
