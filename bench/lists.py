"""Lists, search and the repeat radar with very many petitions: `python -m bench.lists DATABASE NUMBER [NUMBER …]`.

The petitions of the demo are copied inside the database, with words of their own, until there are enough.
"""

import os
import random
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from bench import begun  # noqa: E402
from bench.figures import line, measure, milliseconds  # noqa: E402
from petitions.models import Petition, PetitionPoint, PetitionTally, wording  # noqa: E402
from petitions.models.similarity import similar_to  # noqa: E402

BASE = 1000
SEEN = {
    "list with facets": "/petitions/",
    "list, overdue": "/petitions/?facet=overdue",
    "list, page 20": "/petitions/?page=20",
    "search in all sessions": "/petitions/?q=den+chieu+sang&scope=all",
    "search in one session": "/petitions/?q=den+chieu+sang",
    "search of a word all have": "/petitions/?q=de+nghi&scope=all",
    "search of a word few have": "/petitions/?q=nghen&scope=all",
    "search of a rare word": "/petitions/?q=khu+177&scope=all",
    "search of a former place": "/petitions/?q=TP.+Ninh+Binh&scope=all",
    "search of a number": "/petitions/?q=KN+70&scope=all",
    "list by locality": "/petitions/?sort=place",
    "list by agency": "/petitions/?sort=agency",
}
VERBS = ["sửa chữa", "nâng cấp", "xây mới", "lắp đặt", "nạo vét", "di dời", "kiểm tra", "bố trí", "hỗ trợ", "công khai"]
THINGS = ["đường liên xã", "đèn chiếu sáng", "trạm bơm", "cầu dân sinh", "bãi rác", "trạm y tế", "trường mầm non", "kênh tiêu",
          "nhà văn hóa", "chợ trung tâm", "hồ chứa", "đê bao", "nước sạch", "lưới điện", "khu tái định cư"]  # fmt: skip
SYLLABLES = [
    "An",
    "Bình",
    "Cẩm",
    "Đông",
    "Giang",
    "Hòa",
    "Khánh",
    "Lâm",
    "Minh",
    "Ninh",
    "Phú",
    "Quang",
    "Sơn",
    "Thượng",
    "Vân",
    "Yên",
]


def main(database, *numbers):
    begun.council(BASE)
    client = begun.secretary()
    for place, number in enumerate(map(int, numbers)):
        grow(number)
        for name, address in SEEN.items():
            measure(client, f"{name}, {number} petitions, {database}", address, rounds=9)
        if place == 0:
            give_keys()
            radar(number, database)


def grow(number):
    """Copies of the petitions there are, each under a code and with a word of its own."""
    columns = [field.column for field in Petition._meta.concrete_fields if not field.primary_key]
    own = {"code": "'B' || b.id || '-' || n.i || '-' || %s", "number": "b.number + n.i * 5000 + 2000000",
           "search_text": "b.search_text || 'khu ' || n.i || ' '"}  # fmt: skip
    first = Petition.objects.order_by("pk").values_list("pk", flat=True)[BASE - 1]
    copies = -(-(number - Petition.objects.count()) // BASE)
    start = Petition.objects.count() // BASE
    taken = ", ".join(own.get(column, f'b."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE n(i) AS (SELECT {start} UNION ALL SELECT i + 1 FROM n WHERE i < {start + copies - 1}) "  # noqa: S608
            f"INSERT INTO petitions_petition ({names}) SELECT {taken} FROM petitions_petition b, n WHERE b.id <= {first}",
            [str(number)],
        )
        cursor.execute("ANALYZE")
    PetitionTally.objects.compact()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE petitions_petition")


def text(chance):
    name = " ".join(chance.choices(SYLLABLES, k=2))
    return f"Đề nghị {chance.choice(VERBS)} {chance.choice(THINGS)} thôn {name} giáp {chance.choice(THINGS)} {' '.join(chance.choices(SYLLABLES, k=2))}"


@transaction.atomic
def give_keys():
    """Every copy a point and a wording of its own, so that the radar has as much to look through as in real use."""
    chance = random.Random(7)
    pks = list(Petition.objects.filter(points=None).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        for start in range(0, len(pks), 5000):
            said = [(pk, text(chance)) for pk in pks[start : start + 5000]]
            points = [PetitionPoint(petition_id=pk, number=1, content=content) for pk, content in said]
            PetitionPoint.objects.bulk_create(points, batch_size=1000)
            rows = [(pk, key) for pk, content in said for key in wording.keys(wording.read(content))]
            cursor.executemany("INSERT INTO petitions_wordingkey (petition_id, key) VALUES (%s, %s)", rows)


def radar(number, database):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    chance = random.Random(11)
    texts = iter([text(chance) for _round in range(60)])
    everything = Petition.objects.counted()
    spent = milliseconds(lambda: similar_to(next(texts), everything), rounds=30)
    line(f"similar petitions, {number} petitions, {database}", spent, "ms", "at most 50")


if __name__ == "__main__":
    main(*sys.argv[1:])
