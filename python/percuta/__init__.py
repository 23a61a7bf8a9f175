"""Percuta: skin needling from the strike of a needle to a year of repair.

    import percuta

    scenario = percuta.Scenario("first-session.yaml")
    scenario["model.fidelity"] = "column"
    run = percuta.Run(scenario).advance()
    print(run.timeline["collagen_total_rel"])
    print(run.outcome("collagen_total_rel", days=180))

Read docs/python.md first. Times of outcomes and fields are in days [d], all else in the unit that
it says; names are those of scenarios, timeline.csv and summary.json. A research tool: it gives no
medical advice.
"""

from percuta._library import library as _c
from percuta.catalogue import (
    Catalogue,
    Entry,
    columns,
    compounds,
    conditions,
    devices,
    fields,
    keys,
    outcomes,
    parameters,
    products,
    sites,
)
from percuta.compare import compare
from percuta.errors import (
    FileError,
    Mistake,
    MissingError,
    PercutaError,
    RunError,
    ScenarioError,
)
from percuta.run import Faces, Outcome, Reading, Run
from percuta.scenario import Scenario
from percuta.study import Study, study

__version__: str = _c.percuta_version().decode()

__all__ = [
    "Catalogue",
    "Entry",
    "Faces",
    "FileError",
    "MissingError",
    "Mistake",
    "Outcome",
    "PercutaError",
    "Reading",
    "Run",
    "RunError",
    "Scenario",
    "ScenarioError",
    "Study",
    "columns",
    "compare",
    "compounds",
    "conditions",
    "devices",
    "fields",
    "keys",
    "outcomes",
    "parameters",
    "products",
    "sites",
    "study",
]
