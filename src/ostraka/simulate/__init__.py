"""The elite under policy."""
