"""The Python types of members, and tests if one may replace another."""
