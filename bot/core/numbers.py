"""The lengths and regions of numbers on an invoice.

They stand by themselves, as readers of files want them in a small process: what reads free text
(`bot.core.kinds`) brings the whole of matching along, 100 MB of it.
"""

from __future__ import annotations

DIGITAL, OLDER = 20, 8
"""Digits of the number of a fully digital invoice (数电票), and of an older one."""

CODES = (10, 12)
"""Digits of the code of an older one."""

REGIONS = frozenset(
    str(tens + ones)
    for tens, most in ((10, 5), (20, 3), (30, 7), (40, 6), (50, 4), (60, 5), (90, 5))
    for ones in range(0 if tens == 50 else 1, most + 1)
)
"""Provinces by GB/T 2260, and 91-95 for the five cities that are planned by the state."""

LENGTHS = (15, 17, 18, 20)
"""Characters of a taxpayer id."""

SHORTEST, LONGEST = 2, 100
"""Characters of the name of a seller or buyer."""
