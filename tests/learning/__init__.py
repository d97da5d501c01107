"""Tests of what is learned from the whole archive."""
