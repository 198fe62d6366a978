"""Documents that leave the office: reply workbooks, notices of rectification, the county's circular."""
