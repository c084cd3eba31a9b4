"""The desk, and the Telegram that it is tried on."""

from __future__ import annotations

import os

# The threads of numpy's OpenBLAS wait for one another by turning in circles, which costs the desk
# more than they do for its small matrices. It asks once, when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
