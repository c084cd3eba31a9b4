"""How long a test waits for what is to come, however busy the machine is."""

from __future__ import annotations

PATIENCE = 30.0
"""Seconds. Only a test that fails waits so long; who waits for nothing to happen says its own."""
