#!/bin/sh
# A step of any CI, run at the top of the repository: ends with 1 where a document no longer gives the records that
# were agreed on. What an audit finds is shown and does not end it: a text may be wrong.
set -eu
edustat audit examples/documents --verdict fails --fail-on never
edustat check examples/documents --golden examples/golden
