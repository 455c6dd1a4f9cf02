"""One run by one process, without Airflow: what the cluster's result is compared with.

python -m tests.cluster.one_machine RUN_ID PATH SOURCE BATCH_SIZE
"""

import sys

from pipeline.flow import steps


def main(run_id: str, path: str, source: str, batch_size: str) -> None:
    """Do the steps of the nightly DAG in their order."""
    request = {"path": path, "source": source, "batch_size": int(batch_size)}
    for batch in steps.survey(steps.discover(run_id, request), run_id):
        steps.index(steps.enrich(steps.clean(batch), run_id), run_id)
    steps.link_duplicates(run_id)
    steps.report(run_id, "news_nightly")


if __name__ == "__main__":
    main(*sys.argv[1:])
