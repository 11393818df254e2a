"""Drafting an audit: from a paper as text, Markdown, LaTeX or PDF to everything that can be written down of it without judging."""
