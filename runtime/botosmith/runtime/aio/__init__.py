"""Clients whose calls are awaited, over aiobotocore.

Only these modules know asyncio, and nothing else of the runtime loads them.
"""
