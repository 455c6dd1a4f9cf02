"""The Kubernetes files: YAML that holds together, in the versions of this repository. No cluster is asked."""

from importlib.metadata import version
from typing import Any

import pytest
import yaml

from tests.unit.docker.compose import DOCKER, ONE, read

FOLDER = DOCKER / "kubernetes"


@pytest.fixture(scope="module")
def elastic() -> dict[str, Any]:
    documents = yaml.safe_load_all((FOLDER / "elastic.yaml").read_text(encoding="utf-8"))
    return {document["kind"]: document for document in documents}


@pytest.fixture(scope="module")
def airflow() -> dict[str, Any]:
    return yaml.safe_load((FOLDER / "airflow-values.yaml").read_text(encoding="utf-8"))


def test_servers_are_of_the_versions_that_compose_starts(elastic: dict[str, Any], airflow: dict[str, Any]) -> None:
    services = read(ONE)["services"]
    for kind in ("Elasticsearch", "Kibana"):
        assert services[kind.lower()]["image"].endswith(f":{elastic[kind]['spec']['version']}")
    assert airflow["airflowVersion"] == version("apache-airflow")


def test_one_image_of_this_version_is_used_everywhere(elastic: dict[str, Any], airflow: dict[str, Any]) -> None:
    (container,) = elastic["Job"]["spec"]["template"]["spec"]["containers"]
    image = airflow["images"]["airflow"]
    assert container["image"] == f"{image['repository']}:{image['tag']}"
    assert read(ONE)["services"]["setup"]["image"] == f"fihrist:${{FIHRIST_VERSION:-{image['tag']}}}"
    assert image["tag"] == version("fihrist")


def test_kibana_and_the_job_use_what_the_operator_makes_for_the_cluster(elastic: dict[str, Any]) -> None:
    name = elastic["Elasticsearch"]["metadata"]["name"]
    assert elastic["Kibana"]["spec"]["elasticsearchRef"]["name"] == name
    pod = elastic["Job"]["spec"]["template"]["spec"]
    secrets = {volume["secret"]["secretName"] for volume in pod["volumes"]}
    kibana = elastic["Kibana"]["metadata"]["name"]
    assert secrets == {f"{name}-es-elastic-user", f"{kibana}-kb-http-certs-public"}
    environment = {variable["name"]: variable["value"] for variable in pod["containers"][0]["env"]}
    assert environment["FIHRIST_KIBANA_URL"] == f"https://{kibana}-kb-http:5601"
    mounts = [mount["mountPath"] for mount in pod["containers"][0]["volumeMounts"]]
    files = [value for value in environment.values() if value.startswith("/")]
    assert all(any(file.startswith(f"{mount}/") for mount in mounts) for file in files)


def test_what_is_mounted_for_airflow_is_declared_and_files_are_below_a_mount(airflow: dict[str, Any]) -> None:
    assert {mount["name"] for mount in airflow["volumeMounts"]} == {volume["name"] for volume in airflow["volumes"]}
    mounts = [mount["mountPath"] for mount in airflow["volumeMounts"]]
    files = [variable["value"] for variable in airflow["env"] if variable["value"].startswith("/")]
    assert len(files) == 3
    assert all(any(file.startswith(f"{mount}/") for mount in mounts) for file in files)


def test_a_dead_worker_is_noticed_as_soon_as_in_compose(airflow: dict[str, Any]) -> None:
    composed = read(ONE)["services"]["airflow-worker"]["environment"]
    config = airflow["config"]
    times = {
        f"AIRFLOW__{section.upper()}__{name.upper()}": value
        for section in ("scheduler", "celery_broker_transport_options")
        for name, value in config[section].items()
    }
    assert len(times) == 3
    assert times.items() <= composed.items()


def test_workers_of_several_machines_share_buckets_not_disks(airflow: dict[str, Any]) -> None:
    environment = {variable["name"]: variable["value"] for variable in airflow["env"]}
    assert environment["FIHRIST_SOURCE_PATH"].startswith("s3://")
    assert environment["FIHRIST_ARTEFACTS"].startswith("s3://")


def test_no_secret_is_in_the_files(airflow: dict[str, Any]) -> None:
    # Names of secrets only: the chart would also take the values themselves.
    assert not {"fernetKey", "apiSecretKey", "jwtSecret", "webserverSecretKey"} & set(airflow)
    assert not {"metadataConnection", "resultBackendConnection", "brokerUrl"} & set(airflow["data"])
