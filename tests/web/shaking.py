"""Requests of every shape, made from the API's own description, against an application in this process."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import requests
import schemathesis
from browsing import HOST, Browser
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error, response_schema_conformance, status_code_conformance, content_type_conformance,
]  # fmt: skip


def operations(app: FastAPI) -> list[str]:
    """Return every operation of the API as ``METHOD path``."""
    return [
        f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods
    ]


def can_be_wrong(app: FastAPI, operation: str) -> bool:
    """Tell whether an operation takes more than an id, so that a request can have another shape."""
    method, _, path = operation.partition(" ")
    said = app.openapi()["paths"][path][method.lower()]
    return "requestBody" in said or any(one["in"] == "query" for one in said.get("parameters", []))


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the API's description, narrowed to transcripts, codes and places that the tests' study has.

    Random ids would hardly ever lead to a coding.
    """
    description: dict[str, Any] = copy.deepcopy(app.openapi())
    known: dict[str, Any] = {
        "transcript": {"enum": ["T1", "T2"], "type": "string"},
        "code": {"enum": ["time", "roles", "load"], "type": "string"},
        "parent": {"enum": ["all", "time"], "type": "string"},
        "codebook": {"enum": ["study"], "type": "string"},
        "start": {"minimum": 0, "maximum": 80, "type": "integer"},
        "end": {"minimum": 0, "maximum": 150, "type": "integer"},
    }
    coding = {"enum": ["0" * 12, "1" * 12, "2" * 12], "type": "string"}
    description["components"]["schemas"]["NewCoding"]["properties"]["id"] = coding
    for name in ("NewCoding", "ChangedCoding", "NewCode", "Search", "Accept"):
        fields = description["components"]["schemas"][name]["properties"]
        fields.update({field: known[field] for field in fields if field in known})
    for path, methods in description["paths"].items():
        for operation in methods.values():
            for one in operation.get("parameters", []):
                if one["name"] == "id" and path.startswith("/api/transcripts/"):
                    one["schema"] = known["transcript"]
                elif one["name"] == "id" and path.startswith("/api/codings/"):
                    one["schema"] = coding
    return description


def shake(browser: Browser, operation: str, examples: int, *, is_valid: bool) -> None:
    """Ask one operation in many ways: as its description allows, or as it does not.

    Raises
    ------
    Exception
        If an answer is a mistake of the server's, or not what the description says.
    """
    method, _, path = operation.partition(" ")
    schema = schemathesis.openapi.from_dict(describe(browser.app) if is_valid else browser.app.openapi())
    mode = GenerationMode.POSITIVE if is_valid else GenerationMode.NEGATIVE
    cases = schema[path][method].as_strategy(generation_mode=mode)

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=examples <= 50,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
        verbosity=Verbosity.quiet,
    )
    @given(cases)
    def ask(case: schemathesis.Case) -> None:
        sent = requests.Request(**case.as_transport_kwargs(base_url=f"http://{HOST}")).prepare()
        parts = urlsplit(sent.url or "")
        headers = {
            name: value if isinstance(value, str) else value.decode("latin-1")
            for name, value in sent.headers.items()
            if name.lower() in ("content-type",)
        }
        body = sent.body.encode() if isinstance(sent.body, str) else sent.body
        answer = browser.ask(
            sent.method or "GET", f"{parts.path}?{parts.query}" if parts.query else parts.path,
            content=body or b"", headers=headers,
        )  # fmt: skip
        case.validate_response(answer, checks=CHECKS)

    # An operation that takes nothing, or any text, cannot be asked wrongly.
    with suppress(*(() if is_valid else (Unsatisfiable,))):
        ask()
