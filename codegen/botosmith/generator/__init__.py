"""The generator of bindings from service models in botocore's format.

The stages, in their order: `model` reads, `plan` decides, `ir` holds the input of the
templates of `render`, `build` formats, `output` writes a package to its folder.
"""
