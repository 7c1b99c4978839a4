"""Delegations of the council: what they looked at, what they found, what they asked for, what came of it."""
