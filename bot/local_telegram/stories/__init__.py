"""Conversations written down, which people play."""
