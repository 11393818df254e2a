"""The folder of an audit: started, its locks compiled, brought to a newer version."""
