"""The Python types of members, and which of them may stand for which."""
