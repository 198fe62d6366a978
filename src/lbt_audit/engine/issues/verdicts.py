"""Whether a submitted file can be accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lbt_audit.intake.table import Submission
from lbt_audit.model.severity import Severity


def verdicts(submissions: Sequence[Submission], issues: Any, locations: Any) -> dict[str, str]:
    """accepted, accepted_with_errors or rejected, per file.

    Rejected is what cannot be worked with as handed in: an unreadable file, or one whose form itself
    is at fault (an error of group A).
    """
    result = {
        s.path: "rejected" if s.status == "unreadable" else "accepted"
        for s in submissions
        if s.status != "ignored"
    }
    if len(issues) == 0:
        return result
    issue = locations["issue"].to_numpy()
    severity = issues["severity"].to_numpy()[issue]
    encoded = locations["path"].combine_chunks()
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    rule = issues["rule"].combine_chunks()
    form = np.array([w.startswith("A") for w in rule.dictionary.to_pylist()], np.bool_)
    is_form = form[rule.indices.to_numpy(zero_copy_only=False)][issue]
    for code, path in enumerate(encoded.dictionary.to_pylist()):
        at = codes == code
        if path not in result or result[path] == "rejected" or not at.any():
            continue
        if (is_form[at] & (severity[at] == Severity.ERROR)).any():
            result[path] = "rejected"
        elif (severity[at] >= Severity.WARNING).any():
            result[path] = "accepted_with_errors"
    return result
