"""Whether far more people than usual report one family of troubles: pure, by counts alone.

A night learns what is usual in each minute of the next day (`usual.fit`; in the first weeks
`shares`) and how much evidence a draft takes (`threshold`). Each minute `watch.weigh` tells the
evidence there is, `watch.surge` since when, and `watch.over` when it has ended. `bound` is what
nobody can beat.
"""
