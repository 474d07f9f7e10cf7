"""Statistics that a few odd values don't move. Floats: they judge amounts, they are none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log
from statistics import median

# Makes the median absolute deviation of a normal distribution its standard deviation (Iglewicz and Hoaglin, 1993).
_CONSISTENCY = 0.6745
# From this score on a value is an outlier, by the same authors, for a large sample …
_OUTLIER = 3.5
# … while a small one's deviation is uncertain: found by simulation, so that of normal values less than 1 in 200 is one.
_SMALL_SAMPLE = 8
SMALLEST_SAMPLE = 6
# Less than about 3 % up or down is never odd, even where all amounts before were the same.
_SMALLEST_DEVIATION = 0.03


def median_deviation(values: Sequence[float], centre: float) -> float:
    """The median absolute deviation (MAD), not scaled."""
    return median(abs(value - centre) for value in values)


@dataclass(frozen=True, slots=True)
class Sample:
    """What is usual, by amounts above zero on a scale of ratios: twice as much is as far off as half as much."""

    count: int
    centre: float
    deviation: float

    @classmethod
    def of(cls, amounts: Sequence[Decimal]) -> "Sample | None":
        """None where they are too few to tell."""
        if len(amounts) < SMALLEST_SAMPLE:
            return None
        logs = [log(one) for one in amounts]
        centre = median(logs)
        return cls(len(logs), centre, max(median_deviation(logs, centre), _SMALLEST_DEVIATION))

    def score(self, amount: Decimal) -> float:
        """How far an amount lies above what is usual: 1 and more is odd."""
        score = _CONSISTENCY * (log(amount) - self.centre) / self.deviation
        return score / (_OUTLIER * (1 + _SMALL_SAMPLE / self.count))


def quantile(ordered: Sequence[int], share: float) -> float:
    """Of values in order, between the two nearest."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def relative_spread(values: Iterable[float]) -> float | None:
    """The scaled MAD as a share of the median; None where the median is not above zero."""
    sample = list(values)
    centre = median(sample)
    return median_deviation(sample, centre) / _CONSISTENCY / centre if centre > 0 else None
