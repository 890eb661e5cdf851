"""A day in which every fact occurs: each step is one command, with the facts that it must publish.

`day.py` puts the features' steps into their order; `sending.py` is by what each of them is sent.
"""

from tests.integration.whole_day.day import WholeDay
from tests.integration.whole_day.sending import Step

__all__ = ["Step", "WholeDay"]
