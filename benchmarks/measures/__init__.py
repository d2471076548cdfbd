"""What the suite measures: a module for each table."""
