"""Makes packages: renders services, and formats their modules in worker processes."""
