"""What `bench/sites.py` builds with, and how it measures."""
