"""Protocols: how documents travel in requests and replies."""
