"""Published data as tables. NSW and CPS: LaLonde 1986, Dehejia and Wahba 1999. NHEFS: Hernán and Robins."""

from functools import cache
from pathlib import Path

import pandas

from samkraft.analysis.effects import tables
from samkraft.analysis.effects.tables import Table

NSW_COLUMNS = "age,educ,black,hisp,marr,nodegree,re74,re75"
NHEFS_COLUMNS = (
    "sex,race,age,age^2,C(education),smokeintensity,smokeintensity^2,smokeyrs,smokeyrs^2,"
    "C(exercise),C(active),wt71,wt71^2"
)
TRANSPLANTS = Path(__file__).parent / "published" / "transplants.csv"


@cache
def nsw() -> pandas.DataFrame:
    """The experiment: 185 drawn for training, 260 not."""
    from causaldata import nsw_mixtape

    return _wide(nsw_mixtape.load_pandas().data)


@cache
def cps() -> pandas.DataFrame:
    """The 185 trained beside 15 992 people of a population survey, who are nothing like them."""
    from causaldata import cps_mixtape

    trained = nsw()[nsw().treat == 1]
    return pandas.concat([trained, _wide(cps_mixtape.load_pandas().data)], ignore_index=True)


@cache
def nhefs() -> pandas.DataFrame:
    """Smokers 1971, who had stopped or not by 1982, with weight then: 1 566 people."""
    from causaldata import nhefs_complete

    return nhefs_complete.load_pandas().data.dropna(subset=["wt82"]).reset_index(drop=True)


@cache
def nhefs_deaths() -> pandas.DataFrame:
    """All 1 629, with months until death or the end of 1992."""
    from causaldata import nhefs as whole

    frame = whole.load_pandas().data
    months = (frame.yrdth - 83) * 12 + frame.modth
    return pandas.DataFrame({"qsmk": frame.qsmk, "death": frame.death, "months": months.where(frame.death == 1, 120)})


def _wide(frame: pandas.DataFrame) -> pandas.DataFrame:
    return frame.drop(columns="data_id").astype(float)


def table(frame: pandas.DataFrame) -> Table:
    """A data frame as the engine's table."""
    return tables.of({str(name): frame[name].to_numpy() for name in frame.columns})
