"""What the paper says: its claims, every number in it, the works that it cites, and the findings of the audit about it, read
from ``data/paper`` and held to their form."""
