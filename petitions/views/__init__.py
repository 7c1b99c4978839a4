"""Pages of the petitions room."""
