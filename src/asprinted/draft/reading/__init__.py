"""Reading the file of a paper: PDF, LaTeX, Markdown or plain text, as headings, paragraphs, captions, tables, footnotes, references."""
