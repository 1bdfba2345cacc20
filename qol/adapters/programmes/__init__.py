"""Programme and portal files: strict TOML in and out."""
