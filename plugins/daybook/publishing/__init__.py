"""WRITE: the site on disk, all of it or none of it."""
