"""The county file ``lbt-audit.toml``: who the county is and how it wants its data audited."""

from lbt_audit.config.county import County
from lbt_audit.config.load import COUNTY_FILE, find_county, load_county
from lbt_audit.model.errors import ConfigError

__all__ = ["COUNTY_FILE", "ConfigError", "County", "find_county", "load_county"]
