"""What the page shows of a whole audit: each module counts for one part of the page."""
