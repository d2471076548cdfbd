"""Bodies that are not documents: bytes, and events one after the other."""
