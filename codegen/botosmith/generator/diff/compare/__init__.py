"""The comparison of two models of a service, as JSON."""
