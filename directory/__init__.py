"""Councils, agencies, places, officials, policy fields — each as of its time."""
