"""The years of figures: every way in which letters tell them, a sentence each (tests/cases/periods.toml)."""

from __future__ import annotations

import pytest

from tests.test_measures import found, table


@pytest.mark.parametrize("case", table("periods"), ids=lambda case: str(case["text"])[:24])
def test_the_years_of_figures(case: dict[str, object]) -> None:
    figures = found(str(case["text"]), str(case.get("section", "report")))
    assert [figure.split("; ")[3] for figure in figures] == case["periods"]
