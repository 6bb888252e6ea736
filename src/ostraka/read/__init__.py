"""Reports become sourced statements."""
