"""Data that come with the package: records of defections and regime spells."""
