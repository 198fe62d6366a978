"""What identifies children and issues from audit to audit."""
