"""Updates: releases of botocore are fetched, their models pinned, changes reported."""
