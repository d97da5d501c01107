"""Daybook: a browsable, searchable archive of research papers, as a Pelican plugin."""
