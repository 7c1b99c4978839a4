"""The promises of the code, one file a module."""
