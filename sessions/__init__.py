"""Council terms, sessions and the voter meetings around them."""
