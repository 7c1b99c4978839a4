"""directory/views.py and admin.py: to look things up, and for the administrator to change them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from directory.models import LegalBasis, Official
from tests.world import agency

REGISTERS = [
    ("directory", name)
    for name in (
        "peoplescouncil",
        "agency",
        "agencysuccession",
        "administrativeunit",
        "unitsuccession",
        "policyfield",
        "official",
    )
] + [("accounts", "user")]


@pytest.fixture
def page(as_, world):
    def read(person=world.drafter):
        return as_(person).get(reverse("directory:index"))

    return read


def test_the_directory_shows_the_bodies_fields_and_signers_of_ones_councils(page, world, elsewhere):
    text = page().content.decode()

    for shown in ("Sở Xây dựng tỉnh Ninh Bình", "Giao thông", "Cao Thị Phó", "SXD"):
        assert shown in text
    assert "Bình Phước" not in text


def test_what_has_ended_stands_last_and_says_so(page, world):
    agency(world.council, "Ban A cũ", valid_to=world.today - timedelta(days=1))

    response = page()

    assert response.context["agencies"][-1].name == "Ban A cũ"
    assert "đã kết thúc" in response.content.decode().lower()


def test_who_does_not_sign_or_no_longer_does_is_not_among_the_signers(page, world):
    Official.objects.create(agency=world.department, name="Không Ký", post="Chuyên viên")
    Official.objects.create(
        agency=world.department,
        name="Đã Nghỉ",
        post="Giám đốc",
        authority="head",
        valid_to=world.today - timedelta(days=1),
    )

    assert {official.name for official in page().context["officials"]} == {
        "Đinh Văn Chủ",
        "Phạm Văn Giám",
        "Cao Thị Phó",
        "Vũ Văn Ban",
    }


def test_a_legal_basis_says_whether_it_is_confirmed(page, world):
    LegalBasis.objects.create(citation="Luật A", topic="oversight", valid_from=world.today)
    LegalBasis.objects.create(citation="Luật B", topic="oversight", valid_from=world.today, is_confirmed=True)

    text = page().content.decode()

    assert text.index("Luật A") < text.index("chờ xác nhận") < text.index("Luật B")


def test_only_the_administrator_is_offered_changes(page, world):
    world.administrator.is_staff = True
    world.administrator.save()

    assert "/admin/directory/" not in page().content.decode()
    assert "/admin/directory/" in page(world.administrator).content.decode()


def test_somebody_not_signed_in_is_sent_to_the_sign_in_page(client, db):
    assert client.get(reverse("directory:index")).headers["Location"].startswith(reverse("account_login"))


def test_the_directory_is_read_only(as_, world):
    assert as_(world.drafter).post(reverse("directory:index")).status_code == 405


def test_more_agencies_cost_no_more_queries(page, world):
    page()
    counts = []
    for number in (1, 3):
        for name in range(number):
            body = agency(world.council, f"Sở {number}.{name}")
            Official.objects.create(agency=body, name=f"Ông {name}", post="Giám đốc", authority="head")
        with CaptureQueriesContext(connection) as queries:
            page()
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.fixture
def administrator(client, world, monkeypatch):
    """The administrator in Django's own pages, whose templates count on undefined variables."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
    client.force_login(User.objects.create_superuser("gốc", password="x"))
    return client


@pytest.mark.parametrize(("room", "name"), REGISTERS)
def test_the_administrator_can_look_at_every_register(administrator, room, name):
    for page in ("changelist", "add"):
        assert administrator.get(reverse(f"admin:{room}_{name}_{page}")).status_code == 200


def test_nothing_in_the_register_can_be_deleted(administrator, world):
    for record in (world.department, world.council, world.field, world.deputy, world.commune, world.drafter):
        address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_delete", args=[record.pk])
        assert administrator.post(address, {"post": "yes"}).status_code == 403
        assert type(record).objects.filter(pk=record.pk).exists()


def test_the_administration_is_closed_to_everybody_else(as_, world):
    response = as_(world.administrator).get(reverse("admin:directory_agency_changelist"))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("admin:login"))


def test_a_change_by_the_administrator_is_attributed(administrator, world):
    address = reverse("admin:directory_policyfield_change", args=[world.field.pk])
    form = {"council": world.council.pk, "name": "Giao  thông vận tải", "committee": world.committee.pk,
            "place_in_list": 1, "is_in_use": "on"}  # fmt: skip

    assert administrator.post(address, form).status_code == 302

    row = world.field.history.first()
    assert (row.name, row.history_user.username, row.history_type) == ("Giao thông vận tải", "gốc", "~")
