"""Replies of the answering bodies: an answer for every point. (Never install PyPI's `responses`.)"""
