"""What may not happen, said in the words on the screen."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError


def refused(words):
    """The act inside is refused, and these words are in what it says."""
    return pytest.raises((PermissionDenied, ValidationError), match=re.escape(words))
