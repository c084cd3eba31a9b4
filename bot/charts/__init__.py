"""Charts of figures as pictures: drawn in a process that does nothing else, when the first comes.

The desk asks by `bot.charts.drawer`; that process is `bot.charts.worker`, and alone imports
matplotlib. Why so: docs/decisions/pictures.md.
"""
