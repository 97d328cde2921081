"""Holds records against a JSON Schema: {"schema": …, "records": […]} in, the complaints about each record out."""

import json
import sys

from jsonschema import Draft202012Validator

given = json.load(sys.stdin)
Draft202012Validator.check_schema(given["schema"])
validator = Draft202012Validator(given["schema"])
found = [[error.json_path for error in validator.iter_errors(record)] for record in given["records"]]
json.dump(found, sys.stdout)
