"""The texts of the letters that remind agencies of what they owe (đôn đốc)."""

from documents.papers import official_text


def subject(urging):
    """ "đôn đốc trả lời kiến nghị của cử tri (lần 2)"."""
    return f"đôn đốc trả lời kiến nghị của cử tri (lần {urging.number})"


def body(urging, today):
    rows = item_rows(urging, today)
    context = {
        "urging": urging,
        "issuer": urging.document.agency,
        "petitions": len({row["petition"].pk for row in rows}),
        "late": sum(1 for row in rows if row["days_late"] > 0),
        "points": len(rows),
    }
    return official_text("petitions/letters/urging.html", context)


def appendix(urging, today):
    """(title, body, landscape): what is owed, a row a point."""
    html = official_text("petitions/letters/urging_appendix.html", {"rows": item_rows(urging, today)})
    return "Danh sách kiến nghị của cử tri chưa được trả lời", html, True


def item_rows(urging, today):
    items = urging.items.select_related(
        "assignment__point__petition__place", "assignment__forwarding__document", "assignment__clock"
    )
    return [
        {
            "item": item,
            "point": item.assignment.point,
            "petition": item.assignment.point.petition,
            "letter": item.assignment.forwarding.document,
            "days_late": max((today - item.due_on).days, 0),
        }
        for item in items
    ]
