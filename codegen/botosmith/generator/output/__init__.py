"""Writes folders of files: all of them, or nothing."""
