"""YAML files with the line of every key, so that lint can name it."""

from lbt_audit.config.located.load import load_located, load_mapping
from lbt_audit.config.located.tree import Located, LocatedList

__all__ = ["Located", "LocatedList", "load_located", "load_mapping"]
