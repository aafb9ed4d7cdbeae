"""Reads metrics on standard input as a strict OpenMetrics reader does, and prints them as JSON: one object a sample."""

import json
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

families = list(text_string_to_metric_families(sys.stdin.read()))
print(json.dumps({
    "families": {family.name: family.type for family in families},
    "samples": [
        {"name": sample.name, "labels": sample.labels, "value": sample.value}
        for family in families for sample in family.samples
    ],
}))
