"""Links between lists as an audit reports and explains them."""
