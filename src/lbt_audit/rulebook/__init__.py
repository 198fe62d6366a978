"""The language rules are written in: what stands in ``rules/*.yaml``, as types."""
