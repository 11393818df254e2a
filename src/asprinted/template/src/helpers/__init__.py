"""What the notebooks of this audit share."""
