"""``make mail``: one newsletter to the keeper's own list, never twice to the same address.

It runs beside the build, reads what the build published, and is the only code that sends anything.
"""
