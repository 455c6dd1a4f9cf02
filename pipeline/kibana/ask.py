"""Ask a real Elasticsearch what each panel, control, session and layer would ask it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from elasticsearch import ApiError, Elasticsearch

from pipeline.errors import FihristError
from pipeline.index.client import clear_errors, explain, is_refusal
from pipeline.kibana.objects import KibanaObject, by_id
from pipeline.kibana.questions import questions
from pipeline.kibana.requests import holds_data, search_body


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request."""

    where: str
    index: str
    documents: int
    """Documents that the request is about."""
    filled: bool
    """Whether the panel would show anything."""
    fault: str | None = None
    """Why the server refused, where it did."""


def ask(client: Elasticsearch, objects: Sequence[KibanaObject], index_prefix: str = "") -> Iterator[Answer]:
    """Yield the answer to every question of the objects, which must have passed the checks.

    Raises:
        FihristError: there are no indices yet.
        ClusterError: the cluster can't be reached, or refuses the credentials.
    """
    views = by_id(objects, "data-views")
    with clear_errors():
        for view in views.values():
            if not client.indices.exists(index=index_prefix + view.payload["title"]):
                raise FihristError(
                    f"There is no index {index_prefix}{view.payload['title']} yet: 'fihrist run' makes it."
                )
        for question in (question for item in objects for question in questions(item)):
            view = views[question.view]
            index, time_field = index_prefix + view.payload["title"], view.payload["timeFieldName"]
            body = search_body(question, time_field)
            try:
                answer = client.search(index=index, **body)
            except ApiError as error:
                if is_refusal(error):
                    raise
                yield Answer(question.where, index, 0, False, explain(error))
                continue
            documents = answer["hits"]["total"]["value"]
            yield Answer(question.where, index, documents, holds_data(question, answer.body))
