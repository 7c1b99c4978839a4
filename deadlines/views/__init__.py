"""Pages of the deadlines room."""
