"""Papers that are drawn together with the truth behind them, and what the rules say of them."""
