"""What every benchmark of pages begins with: a demo council in a fresh database, and somebody signed in."""

import warnings

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from accounts.models import User


def council(petitions):
    """The demo with so many petitions, in the database the settings name."""
    settings.ALLOWED_HOSTS = ["testserver"]
    warnings.filterwarnings("ignore", message="No directory at")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("seed_demo", petitions=petitions, verbosity=0)
    settings.DEBUG = False


def secretary():
    """A browser of the council's secretariat."""
    client = Client()
    client.force_login(User.objects.get(username="thuky"), settings.AUTHENTICATION_BACKENDS[0])
    return client
