from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PetitionsConfig(AppConfig):
    name = "petitions"
    verbose_name = _("Petitions")

    def ready(self):
        from common import duties, jobs  # noqa: PLC0415 — rooms make themselves known once apps are ready
        from deadlines import subjects  # noqa: PLC0415 — as above
        from documents.purposes import register  # noqa: PLC0415 — as above
        from petitions import handouts  # noqa: PLC0415 — as above
        from petitions.digests import tell_of_filters  # noqa: PLC0415 — as above
        from petitions.handouts.jobs import TakeOver  # noqa: PLC0415 — as above
        from petitions.handouts.texts import TextsKind  # noqa: PLC0415 — as above
        from petitions.imports import jobs as imports  # noqa: PLC0415 — as above
        from petitions.jobs import UrgingLetters  # noqa: PLC0415 — as above
        from petitions.models import similarity, tallies  # noqa: PLC0415 — as above
        from petitions.subjects import ASSIGNMENT_TIME, RETURN_TIME  # noqa: PLC0415 — as above
        from petitions.workflow import FORWARDING_LETTER, URGING_LETTER  # noqa: PLC0415 — as above
        from petitions.workflow.places import find_by_new_names  # noqa: PLC0415 — as above

        register(FORWARDING_LETTER)
        register(URGING_LETTER)
        subjects.register(ASSIGNMENT_TIME)
        subjects.register(RETURN_TIME)
        jobs.register(UrgingLetters())
        jobs.register(TakeOver())
        handouts.register(TextsKind())
        imports.register()
        post_migrate.connect(tallies.keep_counting, sender=self)
        duties.register("tallies", _("bring counts of petitions together"), tallies.compact_tallies, 85)
        duties.register("places", _("find petitions by new names of their places"), find_by_new_names, 70)
        duties.register("wordings", _("read petitions anew for the repeat radar"), similarity.read_again, 75)
        duties.register("filters", _("tell of saved filters"), tell_of_filters, 40)
