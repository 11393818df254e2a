"""The pages of the report, a module a page or kind of page: each makes Markdown or HTML out of :mod:`asprinted.report.material`."""
