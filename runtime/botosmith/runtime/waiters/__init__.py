"""Waiters: repeat a call until a reply says that something has come about."""
