"""What the public reads: answers the council decided to publish, with no voter's personal data."""
