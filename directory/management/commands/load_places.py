"""load_places [--province CODE …]: provinces and communes from the vietnam-provinces package."""

from django.core.management.base import BaseCommand

from directory import places


class Command(BaseCommand):
    help = "Load the provinces and communes of today; safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("--province", type=int, action="append", help="load the communes of this province only")

    def handle(self, *, province, **options):
        added = places.load(province)
        self.stdout.write(f"{added} units added.")
