"""People at apps in Python, for tests and stories."""
