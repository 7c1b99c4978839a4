"""Councils, agencies, officials and accounts of the demo. Every person's name is invented."""

from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import CommandError

from accounts.models import Membership, User
from accounts.permissions import Role
from common.acting import acting
from directory import places
from directory.models import (
    AdministrativeUnit,
    Agency,
    AgencySuccession,
    LegalBasis,
    Official,
    PeoplesCouncil,
    PolicyField,
    UnitSuccession,
)

MERGER = date(2025, 7, 1)
LAST_DAY_BEFORE = date(2025, 6, 30)
MERGER_BASIS = "Nghị quyết về việc sắp xếp đơn vị hành chính cấp tỉnh năm 2025"
Kind, Regime, Authority = Agency.Kind, Agency.Regime, Official.Authority

NINH_BINH, DONG_NAI, TAY_NINH, DONG_THAP = 37, 75, 80, 82


def refuse_if_real(allow_production):
    if not settings.DEBUG and not allow_production:
        raise CommandError(
            "This looks like a real installation (DEBUG is off): demo accounts have a known password. "
            "Say --allow-production if you mean it."
        )


def unit(code, name, level, parent=None, *, until=LAST_DAY_BEFORE, successor=None):
    """A unit that has ended, with its successor where it has one."""
    place, _is_new = AdministrativeUnit.objects.get_or_create(
        code=code, defaults={"name": name, "level": level, "parent": parent, "valid_to": until}
    )
    if successor:
        UnitSuccession.objects.get_or_create(
            predecessor=place,
            successor=successor,
            defaults={"effective_on": MERGER, "legal_basis": MERGER_BASIS},
        )
    return place


def today_unit(name, province_code):
    return AdministrativeUnit.objects.get(name=name, parent__code=f"{province_code:02d}")


def council(code, name, short_name, place, **details):
    return PeoplesCouncil.objects.create(code=code, name=name, short_name=short_name, unit=place, **details)


def agency(of, kind, name, symbol, **details):
    defaults = {"place_name": of.unit.bare_name, "head_post": "Giám đốc"}
    return Agency.objects.create(council=of, kind=kind, name=name, symbol=symbol, **{**defaults, **details})


def council_bodies(of, province, committees=("Pháp chế", "Kinh tế - Ngân sách", "Văn hóa - Xã hội"), **validity):
    """The Standing Committee, the committees, the Office and the People's Committee of a province."""
    bodies = {
        "standing": agency(
            of,
            Kind.STANDING_COMMITTEE,
            f"Thường trực Hội đồng nhân dân {province}",
            "HĐND",
            letterhead=of.name,
            regime=Regime.COLLECTIVE,
            collective_name="Thường trực Hội đồng nhân dân",
            head_post="Chủ tịch",
            **validity,
        ),
        "office": agency(
            of,
            Kind.OFFICE,
            f"Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân {province}",
            "VP",
            superior_line=f"Hội đồng nhân dân {province}",
            head_post="Chánh Văn phòng",
            **validity,
        ),
        "ubnd": agency(
            of,
            Kind.PEOPLES_COMMITTEE,
            f"Ủy ban nhân dân {province}",
            "UBND",
            regime=Regime.COLLECTIVE,
            collective_name="Ủy ban nhân dân",
            head_post="Chủ tịch",
            unit=of.unit,
            **validity,
        ),
    }
    for name in committees:
        symbol = "B" + "".join(word[0] for word in name.replace("-", " ").split()).upper()
        bodies[name] = agency(
            of,
            Kind.COMMITTEE,
            f"Ban {name} Hội đồng nhân dân {province}",
            symbol,
            letterhead=f"Ban {name}",
            superior_line=f"Hội đồng nhân dân {province}",
            regime=Regime.COLLECTIVE,
            collective_name=f"Ban {name}",
            head_post="Trưởng Ban",
            **validity,
        )
    return bodies


def official(at, name, post, authority, **details):
    return Official.objects.create(agency=at, name=name, post=post, authority=authority, **details)


def account(username, full_name, post, *memberships, is_admin=False):
    """A demo account; `memberships` are (agency, role) pairs. Without a password of its own nobody signs in."""
    user, _is_new = User.objects.get_or_create(username=username, defaults={"full_name": full_name, "post": post})
    if is_admin:
        user.is_staff = user.is_superuser = True
    user.set_unusable_password()
    user.save()
    for at, role in memberships:
        Membership.objects.get_or_create(user=user, agency=at, role=role)
    return user


def leave(at):
    """Those who worked at an agency that has ended stay with it no longer than it existed."""
    for membership in Membership.objects.filter(agency=at):
        membership.valid_to = at.valid_to
        membership.save()


def open_accounts(usernames, password):
    """Let these accounts sign in. One password, hashed once: hashing is slow on purpose."""
    hashed = make_password(password)
    for user in User.objects.filter(username__in=usernames):
        user.password = hashed
        user.save()


def legal_bases():
    """What domain knowledge supports, each with its time; unconfirmed ones are kept but never printed."""
    topic = LegalBasis.Topic.OVERSIGHT
    for citation, valid_from, valid_to, is_confirmed in [
        (
            "Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân năm 2015",
            date(2016, 7, 1),
            date(2026, 2, 28),
            True,
        ),
        ("Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân năm 2025", date(2026, 3, 1), None, True),
        ("Nghị quyết số 114/2025/UBTVQH15 của Ủy ban Thường vụ Quốc hội", date(2026, 3, 1), None, False),
    ]:
        LegalBasis.objects.create(
            topic=topic,
            citation=citation,
            valid_from=valid_from,
            valid_to=valid_to,
            is_confirmed=is_confirmed,
        )


def fields(of, committee_by_name, names):
    """Policy fields in order; `names` are (field, committee) pairs."""
    return {
        name: PolicyField.objects.create(
            council=of, name=name, committee=committee_by_name[committee], place_in_list=place
        )
        for place, (name, committee) in enumerate(names, start=1)
    }


def succession(predecessor, successor, policy_field=None, on=date(2025, 3, 1)):
    return AgencySuccession.objects.create(
        predecessor=predecessor, successor=successor, policy_field=policy_field, effective_on=on
    )


def roads_department(of, successor):
    """A department lists still name although another one has its work."""
    ended = agency(of, Kind.DEPARTMENT, "Sở Giao thông vận tải tỉnh Ninh Bình", "SGTVT", valid_to=date(2025, 2, 28),
                   letterhead="Sở Giao thông vận tải", superior_line="UBND tỉnh Ninh Bình")  # fmt: skip
    succession(ended, successor)


def load_places():
    with acting(reason="demo"):
        places.load([NINH_BINH, DONG_NAI, TAY_NINH, DONG_THAP])


#: Districts until June 2025, each with some of the communes its area belongs to today.
FORMER_DISTRICTS = {
    ("37-giavien", "huyện Gia Viễn"): ("xã Gia Viễn", "xã Đại Hoàng", "xã Gia Hưng", "xã Gia Vân"),
    ("37-nhoquan", "huyện Nho Quan"): ("xã Nho Quan", "xã Gia Lâm", "xã Phú Sơn"),
    ("37-yenkhanh", "huyện Yên Khánh"): ("xã Yên Khánh", "xã Khánh Nhạc", "xã Khánh Thiện"),
    ("37-yenmo", "huyện Yên Mô"): ("xã Yên Mô", "xã Yên Từ", "xã Yên Mạc"),
    ("37-kimson", "huyện Kim Sơn"): ("xã Kim Sơn", "xã Phát Diệm", "xã Quang Thiện"),
    ("37-tamdiep", "thành phố Tam Điệp"): ("phường Tam Điệp", "phường Yên Sơn", "phường Trung Sơn"),
    ("37-tpnb", "thành phố Ninh Bình"): ("phường Hoa Lư", "phường Tây Hoa Lư", "phường Nam Hoa Lư"),
}


def former_districts(province):
    """Where petitions used to say they come from; search and lists know these names still."""
    for (code, name), communes in FORMER_DISTRICTS.items():
        for commune in AdministrativeUnit.objects.filter(parent__code=f"{NINH_BINH:02d}", name__in=communes):
            unit(code, name, "district", province, successor=commune)


OFFICER, LEADER, DRAFTER, HEAD = Role.OFFICER, Role.LEADER, Role.DRAFTER, Role.HEAD
UNIT_HEAD, FORM_CHECKER = Role.UNIT_HEAD, Role.FORM_CHECKER
REGISTRAR, MEMBER, VERIFIER, DELEGATE, ADMINISTRATOR = (
    Role.REGISTRAR,
    Role.DELEGATION_MEMBER,
    Role.COMMITTEE_MEMBER,
    Role.DELEGATE,
    Role.ADMINISTRATOR,
)
