"""How a benchmark measures and prints."""

import statistics
import sys
import time

from django.db import connection
from django.test import override_settings


@override_settings(DEBUG=False)  # as in use: queries are not noted down
def milliseconds(act, rounds=15):
    """The median time of `act` in ms, after one round that warms up."""
    act()
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def measure(client, name, address, *, rounds):
    """One page: its median time and its number of queries."""
    queries = []
    with connection.execute_wrapper(lambda execute, *arguments: queries.append(1) or execute(*arguments)):
        answer = client.get(address)
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}")
    line(name, milliseconds(lambda: client.get(address), rounds=rounds), "ms", f"{len(queries)} queries")


def line(name, value, unit, ratio=""):
    print(f"{name:<58}{value:>10,.1f}  {unit:<12}{ratio}", flush=True)
