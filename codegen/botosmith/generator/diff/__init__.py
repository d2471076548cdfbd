"""What changed between two models of a service, and whom it breaks."""
