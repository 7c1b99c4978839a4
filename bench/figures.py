"""How a benchmark measures and prints."""

import statistics
import time


def milliseconds(act, rounds=15):
    """The median time of `act` in ms, after one round that warms up."""
    act()
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def line(name, value, unit, ratio=""):
    print(f"{name:<58}{value:>10,.1f}  {unit:<12}{ratio}", flush=True)
