"""schema.py SCHEMA BOT: does bot.yaml fit the JSON Schema that editors get? Prints each breach; exit 1 when there is one."""
import json
import sys

import jsonschema
import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
with open(sys.argv[2], encoding="utf-8") as file:
    bot = yaml.safe_load(file)
breaches = list(jsonschema.Draft202012Validator(schema).iter_errors(bot))
for breach in breaches:
    print("/".join(str(part) for part in breach.path) + ": " + breach.message[:200])
sys.exit(1 if breaches else 0)
