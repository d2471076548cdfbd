"""Objects: the bases of generated structures, enums and operations."""
