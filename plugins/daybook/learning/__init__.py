"""KEEP: what the archive as a whole tells of each paper: rarities of terms, and related papers.

Nothing here knows of Pelican, of pages or of the search.
"""
