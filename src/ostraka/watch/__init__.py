"""Is this more than usual: honest statistics of rare, vaguely dated, late-reported events."""
