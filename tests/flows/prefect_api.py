"""What the tests ask a Prefect server, in its own API's words."""

import json
import time
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

BUSY = 503
SCHEDULED = {"type": "SCHEDULED"}


def asked(api: str, path: str, **body: Any) -> Any:
    """What the server answers to a POST; it is asked again while its database is busy."""
    request = Request(
        f"{api}/{path}", data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    for _ in range(30):
        try:
            with urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except HTTPError as error:
            if error.code != BUSY:
                raise
            time.sleep(1)
    raise AssertionError(f"the Prefect server is too busy for {path}")


def delete(api: str, path: str) -> None:
    """Let the server delete this."""
    with urlopen(Request(f"{api}/{path}", method="DELETE"), timeout=30):
        pass


def found(api: str, what: str, **filters: Any) -> list[dict[str, Any]]:
    """The flow runs, task runs, artifacts or deployments that pass the filters."""
    return list(asked(api, f"{what}/filter", **filters))


def start_run(api: str, deployment: str, **parameters: object) -> None:
    """Ask for a run of the deployment with this name, now, with other parameters than its own."""
    (here,) = found(api, "deployments", deployments={"name": {"any_": [deployment]}})
    given = {name: str(value) for name, value in parameters.items()}
    asked(api, f"deployments/{here['id']}/create_flow_run", state=SCHEDULED, parameters=given)


def runs_of(api: str, parameter: str, value: object) -> list[dict[str, Any]]:
    """The flow runs that were given this parameter."""
    return [run for run in found(api, "flow_runs") if run["parameters"].get(parameter) == str(value)]


def left_by(api: str, run: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """How each task of a flow run ended, and what its artifacts hold, by name."""
    of_run = {"flow_runs": {"id": {"any_": [run["id"]]}}}
    tasks = {task["name"]: task["state_type"] for task in found(api, "task_runs", **of_run)}
    return tasks, {artifact["key"]: artifact["data"] for artifact in found(api, "artifacts", **of_run)}


def scheduled(api: str, deployment: str) -> list[dict[str, Any]]:
    """The runs to come of the deployment with this name."""
    return found(
        api,
        "flow_runs",
        deployments={"name": {"any_": [deployment]}},
        flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}},
        sort="EXPECTED_START_TIME_ASC",
    )
