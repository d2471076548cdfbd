"""Changes to botocore's behaviour, each through names that botocore keeps private."""
