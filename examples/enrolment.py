"""Enrolment by level and year, and how it changed: CSV of edustat to a table of pandas.

python3 examples/enrolment.py records.csv
"""

import sys

import pandas as pd

# Codes and periods are text: 2020 is a year, 140700 a code. An empty cell is a gap, and NA in a text is not.
text = ["source", "region", "region_code", "period", "level", "indicator", "measure", "status", "flags"]
records = pd.read_csv(
    sys.argv[1],
    usecols=[*text, "value"],
    dtype=dict.fromkeys(text, "string"),
    keep_default_na=False,
    na_values=[""],
)

# A growth has the indicator of what grows, and a plan that of what is planned.
facts = records[(records["measure"] == "value") & (records["status"] == "actual")]
enrolment = facts[facts["indicator"] == "enrolment"]
table = enrolment.pivot(index=["region", "level"], columns="period", values="value").astype(int)
table["change"] = table.iloc[:, -1] - table.iloc[:, 0]
print(table.sort_values(table.columns[0], ascending=False).to_string())

doubtful = records[records["flags"].notna()]
print(f"\n{len(doubtful)} of {len(records)} records have flags: {', '.join(doubtful['flags'].unique())}")
