"""Who can sign in to the demo is said wherever its accounts are listed."""

import re

from demo.council import USERNAMES
from scripts.demo import ACCOUNTS, ROOT


def test_every_account_that_opens_is_listed():
    table = (ROOT / "README.md").read_text().partition("| Account | Role | Where |")[2].partition("\n\n")[0]
    in_readme = [name for row in table.splitlines() for name in re.findall(r"`([\w.]+)`", row.split(" | ")[0])]
    told = ACCOUNTS.split()

    assert sorted(in_readme) == sorted(USERNAMES)
    assert set(USERNAMES) <= set(told)


def test_the_answering_side_can_bring_its_report_to_the_end():
    assert {"tonghop", "lanhdao.ubnd", "vanthu.ubnd"} <= set(USERNAMES)
