"""The speed of botosmith beside its peers; see `python -m benchmarks --help`."""
