"""What the command's process imports, seen in a process of its own."""

import subprocess
import sys

SEEN = """
import sys
from lbt_audit.intake.fence.alone import arrow_alone
arrow_alone()
import numpy as np, pyarrow as pa
assert pa.array(np.array([1.5])).to_numpy().tolist() == [1.5]
assert "pandas" not in sys.modules
frame = pa.table({"a": ["x", None]}).to_pandas()  # whoever wants pandas gets it, as without us
import pandas as pd
assert isinstance(frame, pd.DataFrame)
assert pa.array(pd.Series([1.0, None])).null_count == 1  # not a number is none, as pandas means it
assert pa.Table.from_pandas(pd.DataFrame({"a": ["x", None]}))["a"].to_pylist() == ["x", None]
"""


def test_pandas_is_imported_where_it_is_wanted_only() -> None:
    done = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
