"""Serialisation: values become documents, documents become values, both are checked."""
