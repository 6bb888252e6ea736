"""How near the regime is to breaking: the hazard of breakdown, scored out of sample."""
