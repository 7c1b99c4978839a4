"""Figures that open up, reports that can be issued again unchanged."""
