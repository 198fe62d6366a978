"""The county file ``lbt-audit.toml``, and how YAML is read: what people write down for the tool."""
