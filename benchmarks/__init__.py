"""How fast botosmith is, beside its peers; `python -m benchmarks --help` says how."""
