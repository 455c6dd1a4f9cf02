"""Kibana's query language, as far as our objects use it, into Elasticsearch's.

Understood: ``field : value``, ``field : "phrase"``, ``field : *``, comparisons, bare words, ``and``, ``or``, ``not``
and parentheses. Source of the meaning: Elastic's documentation of KQL.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import FihristError

Query = dict[str, Any]

_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|>=|<=|[()<>:]|[^\s()<>:"]+)')
_COMPARISONS = {">=": "gte", "<=": "lte", ">": "gt", "<": "lt"}
_RESERVED = {"(", ")", ":", "and", "or", *_COMPARISONS}


@dataclass(slots=True)
class Parsed:
    """An expression, read."""

    query: Query | None
    """None: everything."""
    fields: list[tuple[str, str]] = field(default_factory=list)
    """Each field with what is asked of it: ``exists``, ``is`` or ``range``."""


def parse(expression: str) -> Parsed:
    """Read an expression.

    Raises:
        FihristError: it is no KQL, or of a kind that the checks don't know.
    """
    tokens = _tokens(expression)
    if not tokens:
        return Parsed(None)
    reader = _Reader(expression, tokens)
    query = reader.any_of()
    if reader.tokens:
        reader.refuse(reader.tokens[0])
    return Parsed(query, reader.fields)


def _tokens(expression: str) -> list[str]:
    tokens, position = [], 0
    while position < len(expression.rstrip()):
        match = _TOKEN.match(expression, position)
        if match is None:
            raise FihristError(f"The query '{expression}' has a quotation mark without its fellow.")
        tokens.append(match[1])
        position = match.end()
    return tokens


class _Reader:
    """A recursive descent over the tokens, one method for each level of precedence."""

    def __init__(self, expression: str, tokens: list[str]) -> None:
        self.expression = expression
        self.tokens = tokens
        self.fields: list[tuple[str, str]] = []

    def any_of(self) -> Query:
        queries = [self.all_of()]
        while self._next("or"):
            queries.append(self.all_of())
        return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}

    def all_of(self) -> Query:
        queries = [self.one()]
        while self._next("and"):
            queries.append(self.one())
        return queries[0] if len(queries) == 1 else {"bool": {"filter": queries}}

    def one(self) -> Query:
        if self._next("not"):
            return {"bool": {"must_not": [self.one()]}}
        if self._next("("):
            query = self.any_of()
            if not self._next(")"):
                self.refuse("the missing )")
            return query
        words = self._words()
        operator = self.tokens.pop(0) if self.tokens and self.tokens[0] in {":", *_COMPARISONS} else None
        return self._bare(words) if operator is None else self._of_field(words, operator, self._words())

    def refuse(self, token: str) -> None:
        raise FihristError(f"The query '{self.expression}' can't be read at '{token}'.")

    def _of_field(self, field_name: str, operator: str, value: str) -> Query:
        if operator != ":":
            self.fields.append((field_name, "range"))
            return {"range": {field_name: {_COMPARISONS[operator]: value}}}
        if value == "*":
            self.fields.append((field_name, "exists"))
            return {"exists": {"field": field_name}}
        self.fields.append((field_name, "is"))
        if value.startswith('"'):
            return {"match_phrase": {field_name: value[1:-1]}}
        if "*" in value:
            return {"query_string": {"fields": [field_name], "query": value}}
        return {"match": {field_name: value}}

    def _bare(self, words: str) -> Query:
        kind = "phrase" if words.startswith('"') else "best_fields"
        return {"multi_match": {"query": words.strip('"'), "type": kind, "lenient": True}}

    def _words(self) -> str:
        words: list[str] = []
        while self.tokens and self.tokens[0].lower() not in _RESERVED:
            words.append(self.tokens.pop(0))
        if not words:
            self.refuse(self.tokens[0] if self.tokens else "its end")
        return " ".join(words)

    def _next(self, token: str) -> bool:
        if self.tokens and self.tokens[0].lower() == token:
            self.tokens.pop(0)
            return True
        return False
