#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that docs/openapi.yaml is a valid OpenAPI 3.1 document and lists all problem codes.

The validator accepts some mistakes, which are found here: a duplicate member in a mapping, an
unknown keyword (an unquoted comma makes one), and a duplicate code.
"""

import collections
import pathlib
import re
import sys

import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

TOP = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = TOP / "docs/openapi.yaml"
PROBLEMS = TOP / "src/model/confab-problem.c"

# The keywords of JSON Schema 2020-12 (core, applicator, validation, meta-data, format, content) and
# those that OpenAPI 3.1 adds.
KEYWORDS = set(
    """
    $schema $id $ref $anchor $dynamicRef $dynamicAnchor $vocabulary $comment $defs
    allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains properties
    patternProperties additionalProperties propertyNames unevaluatedItems unevaluatedProperties
    type const enum multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength
    pattern maxItems minItems uniqueItems maxContains minContains maxProperties minProperties
    required dependentRequired title description default deprecated readOnly writeOnly examples
    format contentEncoding contentMediaType contentSchema discriminator xml externalDocs example
""".split()
)
SUBSCHEMAS = (
    "items",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "additionalProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
)
SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SCHEMA_MAPS = ("properties", "patternProperties", "dependentSchemas", "$defs")


class StrictLoader(yaml.SafeLoader):
    """Refuse duplicate members of a mapping, of which YAML keeps the last."""

    def construct_mapping(self, node, deep=False):
        names = collections.Counter(self.construct_object(key, deep=deep) for key, _ in node.value)
        for name, count in names.items():
            if count > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{name!r} stands twice", node.start_mark
                )
        return super().construct_mapping(node, deep)


def schemas(node, path=()):
    """Yield every schema of the document outside of components with its path, outermost first."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "schema":
                yield from subschemas(value, (*path, name))
            else:
                yield from schemas(value, (*path, name))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from schemas(value, (*path, index))


def subschemas(schema, path):
    """Yield a schema and all schemas in it."""
    if not isinstance(schema, dict):
        return
    yield schema, path
    for name in SUBSCHEMAS:
        if name in schema:
            yield from subschemas(schema[name], (*path, name))
    for name in SCHEMA_LISTS:
        for index, value in enumerate(schema.get(name, [])):
            yield from subschemas(value, (*path, name, index))
    for name in SCHEMA_MAPS:
        for key, value in schema.get(name, {}).items():
            yield from subschemas(value, (*path, name, key))


def all_schemas(document):
    for name, schema in document["components"]["schemas"].items():
        yield from subschemas(schema, ("components", "schemas", name))
    yield from schemas(document)


def schema_findings(document):
    for schema, path in all_schemas(document):
        place = "/".join(map(str, path))
        for name in schema:
            if name not in KEYWORDS:
                yield f"{place}: no schema has the keyword {name!r}"
        for name in ("enum", "required"):
            for value, count in collections.Counter(schema.get(name, [])).items():
                if count > 1:
                    yield f"{place}: {name} lists {value!r} {count} times"


def code_findings(document):
    documented = set(document["components"]["schemas"]["ProblemCode"]["enum"])
    source = PROBLEMS.read_text(encoding="utf-8")
    answered = set(re.findall(r'\[CONFAB_PROBLEM_\w+\] = \{ "([a-z-]+)"', source))
    for code in sorted(answered - documented):
        yield f"ProblemCode lacks {code!r}, which {PROBLEMS.name} has"
    for code in sorted(documented - answered):
        yield f"ProblemCode has {code!r}, which {PROBLEMS.name} lacks"


def findings():
    document = yaml.load(DOCUMENT.read_text(encoding="utf-8"), StrictLoader)
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
    yield from schema_findings(document)
    yield from code_findings(document)


def main():
    found = list(findings())
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
