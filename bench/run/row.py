"""A line of the table of goals."""

import dataclasses


@dataclasses.dataclass
class Row:
    """One line of the table. `value` is what the goal is about; `met` is None where there is no goal or no figure."""
    title: str
    postel: str = ""
    peer: str = ""
    value: float = None
    unit: str = ""  # "" for a ratio
    spread: float = None
    sign: str = ""  # ≥ or ≤
    goal: float = None
    aim: float = None

    @property
    def met(self):
        if self.goal is None or self.value is None:
            return None
        return _holds(self.sign, self.value, self.goal)

    @property
    def verdict(self):
        if self.value is None:
            return "not measured"
        if self.met is None:
            return ""
        if self.aim is not None and _holds(self.sign, self.value, self.aim):
            return "met, and the aim"
        return "met" if self.met else "missed"

    @property
    def goal_text(self):
        if self.goal is None:
            return ""
        return f"{self.sign} {self.goal:,g}" + (f" ({self.aim:,g})" if self.aim is not None else "")

    def as_dict(self):
        return {**dataclasses.asdict(self), "met": self.met, "verdict": self.verdict}


def _holds(sign, value, limit):
    return value >= limit if sign == "≥" else value <= limit
