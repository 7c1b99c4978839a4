"""The top floor: settings, addresses, entry points."""
