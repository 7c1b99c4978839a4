"""The texts of the letters that send petitions out."""

from documents.papers import official_text
from petitions.models import Assignment


def default_subject(plan):
    """ "chuyển kiến nghị của cử tri trước Kỳ họp thứ 3, HĐND tỉnh khóa XIX"."""
    petition = next(iter(plan)).petition
    return f"chuyển kiến nghị của cử tri {_phase(petition)} {_session(petition.council_session)}"


def forwarding_body(forwarding):
    rows = forwarding_rows(forwarding)
    context = {
        "forwarding": forwarding,
        "issuer": forwarding.document.agency,
        "petitions": len(rows),
        "points": sum(len(row["points"]) for row in rows),
        "occasions": list(
            dict.fromkeys(f"{_phase(row['petition'])} {_session(row['petition'].council_session)}" for row in rows)
        ),
    }
    return official_text("petitions/letters/forwarding.html", context)


def forwarding_appendix(forwarding):
    """(title, body, landscape): the petitions of the letter, a row a point."""
    body = official_text("petitions/letters/forwarding_appendix.html", {"rows": forwarding_rows(forwarding)})
    return "Danh sách kiến nghị của cử tri", body, True


def forwarding_rows(forwarding):
    """Per petition: its points in the letter, each with lead and coordinating agencies."""
    assignments = (
        forwarding.assignments.current()
        .select_related("agency", "point__petition__council_session__term__council", "point__petition__place")
        .order_by("point__petition__number", "point__petition", "point__number", "pk")
    )
    rows = {}
    for assignment in assignments:
        petition = assignment.point.petition
        row = rows.setdefault(petition.pk, {"petition": petition, "points": {}})
        point = row["points"].setdefault(assignment.point_id, {"point": assignment.point, "lead": None, "with": []})
        if assignment.part == Assignment.Part.LEAD:
            point["lead"] = assignment.agency
        else:
            point["with"].append(assignment.agency)
    return [{"petition": row["petition"], "points": list(row["points"].values())} for row in rows.values()]


def _phase(petition):
    return {"before": "trước", "during": "trong", "after": "sau"}[petition.phase]


def _session(council_session):
    return council_session.official_name
