"""A believable council to try things on, built through the real workflow."""
