"""From the start of a process to where sagemaker-core could be used."""

import sagemaker.core.resources  # noqa: F401 - its cost is what is measured
