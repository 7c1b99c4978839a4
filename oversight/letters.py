"""What every paper of a delegation rests on."""

from common.formats import short_date
from directory.models import LegalBasis


def bases(delegation, day):
    """What a paper rests on: the law in force that day, then the decision that set the delegation up."""
    bases = [
        basis.citation for basis in LegalBasis.objects.citable(LegalBasis.Topic.OVERSIGHT, day, delegation.council)
    ]
    if delegation.decision and delegation.decision_on:
        bases.append(
            f"Quyết định số {delegation.decision} ngày {short_date(delegation.decision_on)} "
            f"về việc thành lập {delegation.name}"
        )
    return bases
