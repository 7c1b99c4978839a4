"""Who signs in, in which role, at which agency."""
