"""Docstrings of the generated code."""
