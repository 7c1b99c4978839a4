"""What must be set before Django reads its settings; loaded as a pytest plugin."""

import os

os.environ["DEBUG"] = "on"
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["RENDERERS"] = "1"  # papers are laid out where they are issued
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop beside Django
