"""The pictures of the brief: functions from plain values to SVG at a given width."""
