"""What the county's own file and the files themselves say of the county: its headers, area, deadlines."""
