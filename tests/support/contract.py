# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks answers against docs/openapi.yaml, and records which documented parts have been seen."""

import re
import urllib.parse

import jsonschema
import yaml
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

import confabd

BASE = "urn:confab:openapi"
VERBS = ("get", "put", "post", "delete", "patch")


class Operation:
    def __init__(self, contract, path, verb, document):
        self.id = document["operationId"]
        self.path = path
        self.verb = verb.upper()
        self.open = document.get("security") == []
        self.takes_body = "application/json" in document.get("requestBody", {}).get("content", {})
        self.responses = {
            status: contract.resolve(response) for status, response in document["responses"].items()
        }

    def codes(self, status):
        """Return the problem codes documented for a status, none if it is not a problem's."""
        content = self.responses[status].get("content", {})
        for part in content.get("application/problem+json", {}).get("schema", {}).get("allOf", []):
            if "enum" in part.get("properties", {}).get("code", {}):
                return part["properties"]["code"]["enum"]
        return []


class Contract:
    def __init__(self, path=confabd.TOP / "docs/openapi.yaml"):
        self.document = yaml.safe_load(path.read_text())
        resource = Resource(contents=self.document, specification=DRAFT202012)
        self.registry = Registry().with_resource(BASE, resource)
        self.validators = {}
        self.operations = {}
        for path_, item in self.document["paths"].items():
            for verb in VERBS:
                if verb in item:
                    operation = Operation(self, path_, verb, item[verb])
                    self.operations[operation.id] = operation
        self.seen = set()

    def resolve(self, node):
        while "$ref" in node:
            target = self.document
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    # ---- checking ----

    def check(self, schema, value):
        """schema: a name in components/schemas, or a schema of the document."""
        key = schema if isinstance(schema, str) else id(schema)
        if key not in self.validators:
            if isinstance(schema, str):
                schema = {"$ref": f"{BASE}#/components/schemas/{schema}"}
            else:
                schema = _absolute(schema)
            jsonschema.Draft202012Validator.check_schema(schema)
            self.validators[key] = jsonschema.Draft202012Validator(schema, registry=self.registry)
        error = jsonschema.exceptions.best_match(self.validators[key].iter_errors(value))
        if error is not None:
            raise AssertionError(f"{error.json_path}: {error.message}\nin {str(value)[:2000]}")

    def check_answer(self, operation_id, answer):
        """answer: status, headers (lower-case names), body (bytes), json."""
        operation = self.operations[operation_id]
        status = str(answer.status)
        response = operation.responses.get(status) or operation.responses["default"]
        where = f"{operation_id} → {status}"
        for name, header in response.get("headers", {}).items():
            header = self.resolve(header)
            value = answer.headers.get(name.lower())
            assert value or not header.get("required"), f"{where}: no {name}"
            if value is not None:
                self.check(
                    header["schema"], int(value) if header["schema"]["type"] == "integer" else value
                )
        content = response.get("content")
        if not content:
            assert not answer.body, f"{where}: a body where none belongs: {answer.body[:200]!r}"
            self.seen.add((operation_id, status, None))
            return
        kind = answer.headers.get("content-type", "").split(";")[0]
        assert kind in content, f"{where}: is {kind!r}, not {list(content)}: {answer.body[:500]!r}"
        if "json" not in kind:
            assert answer.body, f"{where}: nothing where a file belongs"
            self.seen.add((operation_id, status, None))
            return
        try:
            self.check(content[kind]["schema"], answer.json)
        except AssertionError as error:
            raise AssertionError(f"{where}: {error}") from None
        code = None
        if kind == "application/problem+json":
            self.check_problem(answer)
            code = answer.json["code"]
        self.seen.add((operation_id, status, code))

    def check_problem(self, answer):
        """Check what holds for every problem, with or without an operation."""
        self.check("Problem", answer.json)
        code = answer.json["code"]
        assert answer.headers.get("content-type", "").startswith("application/problem+json")
        assert answer.headers.get("x-request-id"), "a problem without X-Request-Id"
        assert answer.json["type"] == f"urn:confab:problem:{code}", answer.json
        assert answer.json["status"] == answer.status, answer.json
        if "retry_after" in answer.json:
            assert answer.headers.get("retry-after") == str(
                answer.json["retry_after"]
            ), answer.headers

    def check_frame(self, frame):
        self.check("ServerFrame", frame)
        self.seen.add(("frame", frame["type"], frame.get("code")))

    # ---- coverage ----

    def unseen(self):
        """Return everything documented that no test has provoked."""
        wanted = set()
        for operation in self.operations.values():
            for status in operation.responses:
                if status == "default":
                    continue
                for code in operation.codes(status) or [None]:
                    wanted.add((operation.id, status, code))
        wanted |= {
            ("frame", "rows", None),
            ("frame", "ready", None),
            ("frame", "error", "cursor-too-old"),
        }
        return sorted(wanted - self.seen, key=str)

    def sample_path(self, operation, **values):
        if "client_id" in values:
            values["message"] = values["client_id"]
        values = {
            "id": 1,
            "user_id": 1,
            "hash": "0" * 64,
            "username": "somebody",
            "message": "00000000-0000-4000-8000-000000000000",
        } | values
        return re.sub(
            r"\{(\w+)\}",
            lambda match: urllib.parse.quote(str(values[match[1]]), safe=""),
            operation.path,
        )


def _absolute(node):
    """Return the schema with absolute references."""
    if isinstance(node, dict):
        return {
            key: BASE + value if key == "$ref" and value.startswith("#") else _absolute(value)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [_absolute(item) for item in node]
    return node


CONTRACT = Contract()
