"""READ: a file of saved papers in, a Digest of entries out."""
