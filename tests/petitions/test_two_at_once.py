"""The same petition forwarded by two officers at the same moment, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import User
from directory.models import Agency
from petitions import workflow
from petitions.models import Assignment, Forwarding, PetitionPoint

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_letter_takes_it_and_the_other_is_refused_in_words(world):
    petitions = [world.classified() for _number in range(3)]
    points = [point.pk for petition in petitions for point in petition.points.all()]
    by, issuer, lead = world.officer.pk, world.standing.pk, world.department.pk

    def forward(order):
        agency = Agency.objects.get(pk=lead)
        try:
            workflow.draft_forwarding(
                by=User.objects.get(pk=by),
                issuer=Agency.objects.get(pk=issuer),
                addressee=agency,
                due_on=world.today + timedelta(days=10),
                plan={PetitionPoint.objects.get(pk=pk): (agency, []) for pk in points[::order]},
            )
        except ValidationError as problem:
            return problem.messages[0]
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(forward, [1, -1]))

    assert said[0] == ""
    assert "một dự thảo khác" in said[1]
    assert Forwarding.objects.count() == 1
    assert Assignment.objects.count() == len(points)
