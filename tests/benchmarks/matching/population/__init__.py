"""The invented county the rosters are drawn from."""
