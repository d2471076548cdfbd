"""Pagination: pages of an operation, their items, and tokens to resume from."""
