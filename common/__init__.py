"""No domain words: what every room stands on."""
