"""Compares two models of a service, as JSON."""
