"""petitions/views/detail.py: one petition, and the way through the list one came from."""

from datetime import timedelta

import pytest
from django.urls import reverse

from oversight import workflow as oversight
from petitions import workflow
from petitions.models import Assignment
from tests.counting import queries
from tests.petitions.test_responding import give_back


def text(response):
    return " ".join(response.content.decode().split())


def classify(petition, world, **details):
    return workflow.classify(
        petition, by=world.officer, policy_field=world.field, authority_level="provincial", **details
    )


class TestWhatItShows:
    def test_points_with_holders_answers_and_results(self, world, as_):
        petition = world.answered(points=["Lắp đèn.", "Sửa cầu."])

        page = text(as_(world.delegate).get(petition.get_absolute_url()))

        for words in ("Nội dung 1", "Nội dung 2", "Lắp đèn.", "Sở đã lắp đèn.", "Sở Xây dựng trả lời",
                      "Biên bản nghiệm thu số 5", "Đã giải quyết xong"):  # fmt: skip
            assert words in page

    def test_the_chain_of_holders_with_reasons(self, world, as_):
        petition = world.forwarded()
        give_back(petition, world)

        page = text(as_(world.officer).get(petition.get_absolute_url()))

        assert "đã trả lại (không thuộc thẩm quyền: Việc của Sở Y tế)" in page

    def test_why_a_day_is_due(self, world, as_):
        petition = world.forwarded()
        world.more_time(Assignment.objects.get(), days=30)

        page = text(as_(world.officer).get(petition.get_absolute_url()))

        assert "vì sao hạn này?" in page
        assert "— chờ vốn" in page
        assert "Hạn ban đầu" in page

    def test_the_petition_it_repeats_with_what_was_promised(self, world, as_):
        promised = world.today - timedelta(days=1)
        earlier = world.answered(answer={"result": "in_progress", "roadmap_on": promised})
        petition = classify(world.logged(), world, repeats=earlier)

        page = text(as_(world.officer).get(petition.get_absolute_url()))

        assert earlier.code in page
        assert "hứa xong ngày" in page
        assert "Đã qua ngày hẹn" in page

    def test_a_merged_petition_points_to_its_survivor_and_back(self, world, as_):
        petition, survivor = world.logged(unit=world.ward), world.logged()
        workflow.merge(petition, into=survivor, by=world.officer)
        client = as_(world.officer)

        assert f'Đã gộp vào <a href="{survivor.get_absolute_url()}">' in text(client.get(petition.get_absolute_url()))
        assert f"{petition.code}</a> đã gộp vào kiến nghị này: Phường Hoa Lư" in text(
            client.get(survivor.get_absolute_url())
        )

    def test_what_people_typed_is_escaped(self, world, as_):
        petition = world.logged(title="<img src=x>", points=["<b>Đèn</b>"], verbatim="<script>x</script>")

        page = as_(world.officer).get(petition.get_absolute_url()).content.decode()

        assert "<img src=x>" not in page
        assert "<b>Đèn" not in page
        assert "<script>x" not in page


class TestWhatIsOffered:
    #: The links and acts each role finds on a petition in each state.
    ACTIONS = ("classify", "forward", "unmerge", "reopen", "return", "accept", "reply", "add_origin", "revise", "merge",
               "set_aside", "publish")  # fmt: skip
    OFFERED = {
        "received": {
            "officer": {"classify", "add_origin", "revise", "merge", "set_aside"},
            "leader": {"classify", "merge", "set_aside"},
            "delegate": set(),
        },
        "classified": {
            "officer": {"classify", "forward", "add_origin", "revise", "merge", "set_aside"},
            "leader": {"classify", "merge", "set_aside"},
        },
        "planned": {"officer": {"add_origin", "revise"}},
        "forwarded": {
            "officer": {"add_origin"},
            "leader": set(),
            "drafter": {"return", "accept", "reply"},
            "head": {"return", "accept"},
            "registrar": set(),
        },
        "returned": {"officer": {"classify", "forward", "add_origin"}, "drafter": set()},
        "merged": {"officer": {"unmerge", "add_origin"}, "member": set()},
        "set_aside": {"leader": {"reopen"}},
        "answered": {"leader": {"publish"}, "officer": {"add_origin"}, "drafter": set()},
    }

    def petition(self, world, state):
        if state == "planned":
            petition = world.classified()
            world.planned(petition)
        elif state == "returned":
            petition = world.forwarded()
            give_back(petition, world)
        elif state == "merged":
            petition = workflow.merge(world.logged(), into=world.logged(), by=world.officer)
        elif state == "set_aside":
            petition = workflow.set_aside(world.logged(), by=world.officer, why="x")
        else:
            make = {"received": world.logged, "classified": world.classified, "forwarded": world.forwarded,
                    "answered": world.answered}  # fmt: skip
            petition = make[state]()
        return petition

    @pytest.mark.parametrize("state", OFFERED)
    def test_exactly_what_each_role_may_do(self, world, as_, state):
        petition = self.petition(world, state)
        addresses = {name: reverse(f"petitions:{name}", args=[petition.pk]) for name in self.ACTIONS
                     if name not in ("forward", "reply", "publish")}  # fmt: skip
        addresses["forward"] = f"{reverse('petitions:forward')}?petition={petition.pk}"
        addresses["reply"] = f"{reverse('responses:create')}?petition={petition.pk}"
        addresses["publish"] = reverse("portal:publish", args=[petition.pk])

        offered = {}
        for who in self.OFFERED[state]:
            page = as_(getattr(world, who)).get(petition.get_absolute_url()).content.decode()
            offered[who] = {name for name, address in addresses.items() if f'"{address}"' in page}

        assert offered == self.OFFERED[state]

    def test_what_is_not_possible_now_says_why(self, world, as_):
        petition = self.petition(world, "planned")

        page = text(as_(world.officer).get(petition.get_absolute_url()))

        assert (
            'disabled title="Kiến nghị đang nằm trong dự thảo công văn chuyển. Hãy rút ra khỏi công văn trước."' in page
        )


class TestNeighbours:
    def neighbours(self, client, petition, **listed):
        return client.get(petition.get_absolute_url(), listed).context["neighbours"]

    def test_previous_and_next_inside_the_list(self, world, as_):
        first, second, third = world.logged(), world.logged(), world.logged()
        world.classified()
        client = as_(world.officer)

        middle = self.neighbours(client, second, list="facet=new")

        # The latest stands first.
        assert (middle["previous"], middle["next"]) == (third.pk, first.pk)
        assert (middle["place"], middle["total"], middle["list"]) == (2, 3, "facet=new")
        assert self.neighbours(client, third, list="facet=new")["previous"] is None
        assert self.neighbours(client, first, list="facet=new")["next"] is None

    def test_the_links_keep_the_list(self, world, as_):
        first, second = world.logged(), world.logged()

        page = as_(world.officer).get(first.get_absolute_url(), {"list": "q=kien nghi&facet=new"}).content.decode()

        assert f'rel="prev" href="{second.get_absolute_url()}?list=q%3Dkien%2Bnghi%26facet%3Dnew"' in page
        assert 'rel="next"' not in page

    def test_the_whole_session_is_a_list_too(self, world, as_):
        first, _second = world.logged(), world.logged()

        assert self.neighbours(as_(world.officer), first, list="")["place"] == 2

    def test_the_list_of_a_session_named_in_its_address_is_that_sessions(self, world, as_):
        past = world.new_session(opens_on=world.today - timedelta(days=200), number=1)
        first, second = world.logged(council_session=past), world.logged(council_session=past)
        world.logged()

        neighbours = self.neighbours(as_(world.officer), first, list=f"session={past.pk}")

        assert (neighbours["previous"], neighbours["next"], neighbours["total"]) == (second.pk, None, 2)

    def test_outside_any_list_there_are_none(self, world, as_):
        assert self.neighbours(as_(world.officer), world.logged()) == {}

    def test_a_petition_that_left_the_list_has_none(self, world, as_):
        petition = world.logged()

        assert self.neighbours(as_(world.officer), petition, list="facet=answered") == {}

    def test_an_agency_goes_through_its_own_only(self, world, as_):
        petition = world.forwarded()
        world.forwarded(lead=world.other_department)

        assert self.neighbours(as_(world.drafter), petition, list="scope=all")["total"] == 1


def add_finding(world, petition):
    delegation = oversight.set_up(
        body=world.committee, by=world.officer, members=[], name="Đoàn", subject="Đèn", starts_on=world.today
    )
    visit = oversight.plan_session(
        delegation, agency=world.department, held_on=world.today, by=world.officer, agenda=[petition]
    )
    for point in petition.points.all():
        oversight.record_finding(
            visit, point, by=world.member, reported="Xong", found="Chưa", assessed_result="not_resolved"
        )


@pytest.mark.parametrize("state", ["forwarded", "assessed"])
def test_the_number_of_queries_does_not_grow_with_the_points(world, as_, state):
    make = world.forwarded if state == "forwarded" else world.answered
    small = make(points=["Một."], coordinating=[world.other_department])
    large = make(points=["Một.", "Hai.", "Ba."], coordinating=[world.other_department])
    workflow.add_origin(large, by=world.officer, unit=world.ward, raised_on=world.today)
    if state == "assessed":
        add_finding(world, small)
        add_finding(world, large)

    for who in ("officer", "drafter", "delegate"):
        client = as_(getattr(world, who))
        assert queries(client, large.get_absolute_url()) == queries(client, small.get_absolute_url()), who


def test_the_number_of_queries_does_not_grow_with_what_was_merged(world, as_):
    survivor = world.logged()
    client = as_(world.officer)
    workflow.merge(world.logged(), into=survivor, by=world.officer)
    with_one = queries(client, survivor.get_absolute_url())
    for _number in range(2):
        workflow.merge(world.logged(), into=survivor, by=world.officer)

    assert queries(client, survivor.get_absolute_url()) == with_one
