"""The rule book of an audit, put together."""
