"""Transport: the botocore client below ours, and the parts of ours inside it."""
