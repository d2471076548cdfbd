"""Updates: fetch releases of botocore, pin their models, say what changed."""
