"""What several notebooks of this audit need."""
