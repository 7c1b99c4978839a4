"""petitions/models/similarity.py: which petitions say nearly the same."""

from django.db.models import F

from petitions import workflow
from petitions.models import Petition, WordingKey, similarity
from petitions.models.similarity import read_again, similar_to

LAMPS = "Đề nghị lắp đèn chiếu sáng trên tuyến đường liên xã đoạn qua thôn Đông"
RUBBISH = "Đề nghị sớm xử lý bãi rác thải sinh hoạt gây ô nhiễm môi trường khu dân cư"


def found(text, petitions=None, **options):
    similar = similar_to(text, Petition.objects.all() if petitions is None else petitions, **options)
    return [one.petition for one in similar]


def test_the_same_words_without_marks_are_found(world):
    petition = world.logged(title="Đèn", points=[LAMPS])

    (similar,) = similar_to(
        "de nghi lap den chieu sang tren tuyen duong lien xa doan qua thon dong", Petition.objects.all()
    )

    assert (similar.petition, similar.percent, similar.is_sure) == (petition, 95, True)


def test_a_different_matter_is_not(world):
    world.logged(title="Bãi rác", points=[RUBBISH])

    assert found(LAMPS) == []


def test_a_short_wording_meets_the_long_one_it_repeats(world):
    petition = world.logged(title="Đèn", points=[LAMPS + ", đã nêu nhiều lần nhưng đến nay chưa được giải quyết."])

    assert found("Lắp đèn chiếu sáng trên tuyến đường liên xã") == [petition]


def test_part_of_the_words_is_likely_but_not_sure(world):
    world.logged(title="Đèn", points=[LAMPS])

    (similar,) = similar_to("Lắp đèn chiếu sáng trên phố chợ trung tâm cho bà con", Petition.objects.all())

    assert (similar.percent, similar.is_sure) == (44, False)


def test_the_most_similar_stands_first(world):
    close = world.logged(title="Đèn", points=["Đề nghị lắp đèn chiếu sáng trên tuyến đường liên thôn ngoài bãi"])
    same = world.logged(title="Đèn", points=[LAMPS])

    assert found(LAMPS) == [same, close]


def test_at_most_five_are_shown(world):
    for _number in range(7):
        world.logged(title="Đèn", points=[LAMPS])

    assert len(found(LAMPS)) == 5
    assert len(found(LAMPS, limit=2)) == 2


def test_a_few_words_say_too_little(world):
    world.logged(title="Đèn", points=["Lắp đèn"])

    assert found("lắp đèn") == []
    assert found("") == []


def test_one_of_several_points_is_found_by_itself(world):
    petition = world.logged(title="Nhiều việc", points=[LAMPS, RUBBISH, "Đề nghị nạo vét kênh tiêu úng cánh đồng Trên"])

    assert found(RUBBISH.lower().replace("Đề nghị ", "")) == [petition]


def test_abbreviations_without_marks_are_found(world):
    petition = world.logged(
        points=["Đề nghị Ủy ban nhân dân thành phố Ninh Bình sớm bố trí trụ sở cho công an phường."]
    )

    assert found("De nghi UBND TP. Ninh Binh som bo tri tru so") == [petition]


def test_the_voters_own_words_count(world):
    petition = world.logged(title="Đèn", points=["Chiếu sáng."], verbatim=LAMPS)

    assert found(LAMPS) == [petition]


def test_only_the_petitions_given_are_compared(world):
    merged, survivor = world.logged(title="Đèn", points=[LAMPS]), world.logged(title="Khác", points=[RUBBISH])
    workflow.merge(merged, into=survivor, by=world.officer)

    assert found(LAMPS, Petition.objects.counted()) == []


class TestOnThePages:
    """What is typed is compared with petitions of this council and of those it succeeds, no other."""

    def look(self, world, as_, text=LAMPS, title=""):
        response = as_(world.officer).post(
            f"/petitions/log/{world.session.pk}/look-alike/", {"text": text, "title": title}
        )
        return [similar.petition for similar in response.context["similar"]], response

    def test_a_petition_like_it_is_shown_with_its_session_and_result(self, world, as_):
        petition = world.answered(title="Đèn", points=[LAMPS])

        similar, response = self.look(world, as_)

        assert similar == [petition]
        page = response.content.decode()
        assert petition.code in page
        assert "Trùng: thêm làm nguồn gốc" in page
        assert "Đã giải quyết xong" in page

    def test_another_council_is_not_compared(self, world, elsewhere, as_):
        elsewhere.logged(title="Đèn", points=[LAMPS])

        assert self.look(world, as_)[0] == []

    def test_a_council_it_succeeds_is(self, world, elsewhere, as_):
        petition = elsewhere.logged(title="Đèn", points=[LAMPS])
        elsewhere.council.successor = world.council
        elsewhere.council.save()

        assert self.look(world, as_)[0] == [petition]

    def test_merged_and_set_aside_ones_are_not_shown(self, world, as_):
        workflow.set_aside(world.logged(title="Đèn", points=[LAMPS]), by=world.officer, why="x")

        assert self.look(world, as_)[0] == []

    def test_the_title_counts_too(self, world, as_):
        petition = world.logged(title="Đèn", points=[LAMPS])

        assert self.look(world, as_, text="gấp", title=LAMPS)[0] == [petition]

    def test_the_points_are_counted_while_typing(self, world, as_):
        _similar, response = self.look(world, as_, text="1. Lắp đèn.\n2. Sửa cầu.")

        assert response.context["points"] == ["Lắp đèn.", "Sửa cầu."]
        assert "2 nội dung" in response.content.decode()

    def test_the_classify_page_shows_them_too_but_not_the_petition_itself(self, world, as_):
        petition, other = world.logged(title="Đèn", points=[LAMPS]), world.logged(title="Đèn", points=[LAMPS])

        response = as_(world.officer).get(f"/petitions/{petition.pk}/classify/")

        assert [similar.petition for similar in response.context["similar"]] == [other]
        assert f"/petitions/{petition.pk}/merge/?into={other.code}" in response.content.decode()


class TestReadAgain:
    def test_what_was_read_in_another_way_is_found_after_the_next_due_work(self, world, monkeypatch):
        petition = world.logged(title="Nhiều việc", points=[LAMPS, RUBBISH])
        world.logged(title="Đèn", points=["Lắp đèn"])
        WordingKey.objects.exclude(key=similarity.READING).update(key=F("key") / 2)
        monkeypatch.setattr(similarity, "READING", similarity.READING + 1)
        assert found(RUBBISH) == []

        assert [read_again(world.today) for _time in range(2)] == [2, 0]

        assert found(RUBBISH) == [petition]

    def test_so_many_a_time_the_latest_first(self, world, monkeypatch):
        one, two = (world.logged(title="Đèn", points=[LAMPS]) for _number in range(2))
        WordingKey.objects.all().delete()
        monkeypatch.setattr(similarity, "READ_AGAIN", 1)

        assert read_again(world.today) == 1
        assert found(LAMPS) == [two]
        assert read_again(world.today) == 1
        assert found(LAMPS) == [two, one]
