"""FIND: the index that a browser searches without a server."""
