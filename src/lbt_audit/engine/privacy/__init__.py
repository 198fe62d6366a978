"""What identifies a person, kept from every text that leaves an audit."""
