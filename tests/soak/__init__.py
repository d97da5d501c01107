"""What takes hours to show, run by `make soak`: see `__main__`."""
