"""Việc của tôi: what each person has to do, gathered from every room."""
