"""Advice: the sentences of errors that say what to write instead."""
