"""The run: parameters, shape of notebooks, plan, execution, collection, comparison with the record."""
