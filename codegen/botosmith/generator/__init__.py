"""Generates bindings from service models in botocore's format.

The stages, in their order: `model` reads, `plan` decides, `ir` holds what the
templates of `render` see, `build` formats, `output` puts a package in its place.
"""
