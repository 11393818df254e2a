"""How numbers are written, in words and in digits, by the notation of a language."""
