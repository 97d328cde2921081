"""Holds tables of CSV against a Table Schema: schema and tables as paths in, the complaints about each table out."""

import json
import sys

from frictionless import Resource, Schema, system

descriptor = json.load(open(sys.argv[1], encoding="utf-8"))
found = []
# Paths outside the folder it runs in are the test's own.
with system.use_context(trusted=True):
    for path in sys.argv[2:]:
        resource = Resource(path=path, schema=Schema.from_descriptor(descriptor), encoding="utf-8")
        report = resource.validate()
        found.append([[error[0], error[1]] for error in report.flatten(["fieldName", "type"])])
json.dump(found, sys.stdout)
