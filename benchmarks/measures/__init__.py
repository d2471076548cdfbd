"""The measures of the suite: a module for each table."""

#: The tables, in the order of the targets, as far as they have some.
TABLES = (
    "start",
    "documents",
    "calls",
    "memory",
    "generate",
    "checkers",
    "size",
    "dynamodb",
    "protocols",
)
