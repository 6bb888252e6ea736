"""Ostraka: from reports of elite defection to a defended answer."""
