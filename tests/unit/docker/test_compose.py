"""The Compose files: valid by the specification, and as the README promises, without an engine to ask."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.settings import Settings
from tests.unit.docker.compose import DOCKER, ONE, THREE, default_of, read

SCHEMA = json.loads((Path(__file__).parent / "schema" / "compose-spec.json").read_text(encoding="utf-8"))
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|API_KEY|FERNET|BROKER_URL|RESULT_BACKEND|SQL_ALCHEMY|CREDENTIALS")


@pytest.fixture(scope="module")
def stack() -> dict[str, Any]:
    return read(ONE)


SERVICES = read(ONE)["services"]
ONE_SHOTS = {name for name, service in SERVICES.items() if service["restart"] == "no"}


@pytest.mark.parametrize("name", [ONE, THREE])
def test_the_file_is_valid_by_the_specification(name: str) -> None:
    faults = [
        f"{'/'.join(map(str, fault.path))}: {fault.message}"
        for fault in Draft202012Validator(SCHEMA).iter_errors(read(name))
    ]
    assert faults == []


def test_the_schema_refuses_what_the_specification_does_not_know() -> None:
    wrong = {"services": {"one": {"image": "redis:7.2.11", "memory_limit": "1g"}}}
    assert list(Draft202012Validator(SCHEMA).iter_errors(wrong))


@pytest.mark.parametrize("name", SERVICES)
def test_each_image_is_pinned_by_a_full_version(name: str) -> None:
    image = SERVICES[name]["image"].replace("${FIHRIST_VERSION:-", "").replace("}", "")
    assert re.fullmatch(r"[a-z/]+:\d+\.\d+(\.\d+)?(-\w+)?", image), image


def test_our_image_is_built_by_one_service_that_all_others_of_it_wait_for_and_is_fetched_from_nowhere() -> None:
    ours = {name for name, service in SERVICES.items() if service["image"].startswith("fihrist")}
    assert [name for name in SERVICES if "build" in SERVICES[name]] == ["certificates"]
    assert all(SERVICES[name]["pull_policy"] == "never" for name in ours)


def test_a_task_waits_for_a_worker_and_is_done_within_the_times_that_say_it_is_lost() -> None:
    environment = SERVICES["airflow-worker"]["environment"]
    default = Settings.model_fields
    task = default["task_minutes"].default * 60
    assert environment["AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT"] > 2 * task
    # Heartbeats come every 5 seconds; a restart of the API server takes about a minute.
    assert 60 < environment["AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT"] <= 300
    tasks = int(default_of(environment["AIRFLOW__CORE__PARALLELISM"]))
    slots = int(default_of(environment["AIRFLOW__CELERY__WORKER_CONCURRENCY"]))
    files = int(default_of(environment["FIHRIST_BATCH_SIZE"]))
    slowest = files / 50  # seconds: enriching does 50 files a second on a busy core
    assert environment["AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT"] > tasks / slots * slowest


def test_each_service_has_a_limit_of_memory_and_the_readme_says_their_sum() -> None:
    limits = {name: SERVICES[name]["mem_limit"] for name in SERVICES}
    sizes = {name: default_of(limit) if limit.startswith("$") else limit for name, limit in limits.items()}
    gigabytes = {name: float(size[:-1]) / {"g": 1, "m": 1024}[size[-1]] for name, size in sizes.items()}
    staying = sum(size for name, size in gigabytes.items() if name not in ONE_SHOTS)
    readme = " ".join((DOCKER / "README.md").read_text(encoding="utf-8").split())
    assert f"the limits of the services add up to {staying:g} GB" in readme


@pytest.mark.parametrize("name", sorted(set(SERVICES) - ONE_SHOTS))
def test_each_service_that_stays_says_whether_it_is_healthy(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"] and check["interval"] and check["retries"] and check["start_period"]


def test_one_shots_are_waited_for_until_they_are_done_and_others_until_they_are_healthy() -> None:
    for service in SERVICES.values():
        for needed, how in service.get("depends_on", {}).items():
            expected = "service_completed_successfully" if needed in ONE_SHOTS else "service_healthy"
            assert how["condition"] == expected, needed


def test_services_can_be_started_in_some_order() -> None:
    started: set[str] = set()
    while ready := {name for name in set(SERVICES) - started if set(SERVICES[name].get("depends_on", {})) <= started}:
        started |= ready
    assert started == set(SERVICES)


def test_what_a_service_needs_is_declared_and_nothing_is_declared_in_vain(stack: dict[str, Any]) -> None:
    used: dict[str, set[str]] = {"secrets": set(), "configs": set(), "networks": set(), "volumes": set()}
    for service in SERVICES.values():
        used["secrets"] |= set(service.get("secrets", ()))
        used["configs"] |= {config["source"] for config in service.get("configs", ())}
        used["networks"] |= set(service.get("networks", ()))
        used["volumes"] |= {v.split(":")[0] for v in service.get("volumes", ()) if not v.startswith(("$", ".", "/"))}
    for kind, names in used.items():
        assert names == set(stack[kind]), kind


def test_each_secret_that_is_read_in_a_service_is_mounted_there() -> None:
    for name, service in SERVICES.items():
        read_there = set(re.findall(r"/run/secrets/([\w.]+)", json.dumps(service)))
        if service["image"].startswith("fihrist"):
            # The environment is shared; a component reads those that it needs. A worker has all that its tasks need.
            read_there -= {"aws_credentials"} if name != "airflow-worker" else set()
            read_there -= {"airflow_broker", "airflow_results", "airflow_jwt_secret"} if name in ONE_SHOTS else set()
        assert read_there == set(service.get("secrets", ())), name


def test_no_secret_is_in_an_environment() -> None:
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if SECRET.search(variable) and variable != "AIRFLOW__CORE__AUTH_MANAGER":
                assert variable.endswith(("_FILE", "_CMD")), f"{name}: {variable}"
                assert re.fullmatch(r"(cat )?/(run/secrets|keys)/\S+", value), f"{name}: {variable}"


def test_the_administrators_password_goes_to_no_service_of_airflow_that_stays() -> None:
    holders = {name for name, service in SERVICES.items() if "elastic_password" in service.get("secrets", ())}
    assert holders == {"elasticsearch", "setup", "kibana-setup"}
    with_keys = {
        name for name, service in SERVICES.items() if "keys-readers:" in json.dumps(service.get("volumes", ()))
    }
    assert with_keys == {"setup", "search"}


def test_nobody_but_a_server_and_their_maker_holds_a_servers_key() -> None:
    for server in ("elasticsearch", "kibana", "search"):
        holders = {
            name for name, service in SERVICES.items() if f"tls-{server}:" in json.dumps(service.get("volumes", ()))
        }
        assert holders == {"certificates", server}


def test_ports_are_open_to_this_machine_only_unless_it_is_told_otherwise() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert len(ports) == 4
    assert all(port.startswith("${FIHRIST_BIND:-127.0.0.1}:") for port in ports)


def test_services_of_this_project_run_as_the_owner_of_the_secrets_without_capabilities() -> None:
    for name, service in SERVICES.items():
        if service["image"].startswith(("fihrist", "elasticsearch", "kibana")):
            assert service["user"].startswith("${FIHRIST_UID:?"), name
        if service["image"].startswith("fihrist"):
            assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name


def test_three_nodes_find_each_other_and_hold_data_of_their_own(stack: dict[str, Any]) -> None:
    services = read(THREE)["services"]
    assert list(services) == ["elasticsearch", "elasticsearch-2", "elasticsearch-3"]
    for name, node in services.items():
        environment = {**SERVICES["elasticsearch"]["environment"], **node["environment"]}
        assert environment["discovery.type"] is None, "a single node would refuse the others"
        assert environment["discovery.seed_hosts"].split(",") == list(services)
        assert environment["cluster.initial_master_nodes"].split(",") == list(services)
        assert environment["node.name"] == name
    data = [node["volumes"][0].split(":")[0] for node in list(services.values())[1:]]
    assert set(data) == set(read(THREE)["volumes"])
    assert "elasticsearch-data" in stack["volumes"]


def test_elasticsearch_is_the_version_that_the_tests_run_on() -> None:
    pom = (DOCKER / "elasticsearch" / "pom.xml").read_text(encoding="utf-8")
    version = SERVICES["elasticsearch"]["image"].split(":")[1]
    assert f">{version}<" in pom
    assert SERVICES["kibana"]["image"] == f"kibana:{version}"
