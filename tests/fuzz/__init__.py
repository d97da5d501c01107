"""Coverage-guided fuzzing, run by `make fuzz`: see `__main__` and `targets`."""
