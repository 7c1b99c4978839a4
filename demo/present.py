"""The present council of the merged province of Ninh Bình: its bodies, agencies, officials and accounts."""

from datetime import date

from demo import people
from demo.people import (
    ADMINISTRATOR,
    DELEGATE,
    DRAFTER,
    FORM_CHECKER,
    HEAD,
    LEADER,
    MEMBER,
    MERGER,
    NINH_BINH,
    OFFICER,
    REGISTRAR,
    UNIT_HEAD,
    VERIFIER,
    Authority,
    Kind,
    Regime,
)

PROVINCE = "tỉnh Ninh Bình"

#: key → (name, symbol, drafting unit of its letters)
DEPARTMENTS = {
    "xaydung": ("Sở Xây dựng", "SXD", "HTKT"),
    "nongnghiep": ("Sở Nông nghiệp và Môi trường", "SNNMT", "KHTC"),
    "taichinh": ("Sở Tài chính", "STC", "NS"),
    "noivu": ("Sở Nội vụ", "SNV", "TCCQ"),
    "yte": ("Sở Y tế", "SYT", "NVY"),
    "giaoduc": ("Sở Giáo dục và Đào tạo", "SGDĐT", "KHTC"),
    "khcn": ("Sở Khoa học và Công nghệ", "SKHCN", "CĐS"),
    "congthuong": ("Sở Công Thương", "SCT", "QLNL"),
    "vanhoa": ("Sở Văn hóa và Thể thao", "SVHTT", "VP"),
}

FIELDS = [
    ("Giao thông, đô thị", "Kinh tế - Ngân sách"),
    ("Nông nghiệp, thủy lợi", "Kinh tế - Ngân sách"),
    ("Đất đai, môi trường", "Kinh tế - Ngân sách"),
    ("Điện, nước sinh hoạt", "Kinh tế - Ngân sách"),
    ("Y tế, bảo hiểm", "Văn hóa - Xã hội"),
    ("Giáo dục", "Văn hóa - Xã hội"),
    ("Văn hóa, thể thao", "Văn hóa - Xã hội"),
    ("Chính sách người có công, an sinh", "Văn hóa - Xã hội"),
    ("Tổ chức bộ máy, cán bộ", "Pháp chế"),
    ("Chuyển đổi số, thủ tục hành chính", "Pháp chế"),
    ("An ninh, trật tự", "Pháp chế"),
]

COMMUNES = [
    "xã Yên Mô", "xã Gia Viễn", "xã Nho Quan", "xã Kim Sơn", "xã Phát Diệm", "xã Yên Khánh", "xã Gia Trấn", "xã Cúc Phương",
    "xã Lý Nhân", "xã Bình Lục", "xã Hải Hậu", "xã Ý Yên", "xã Vụ Bản", "xã Nghĩa Hưng", "xã Trực Ninh", "xã Giao Minh",
    "phường Hoa Lư", "phường Tây Hoa Lư", "phường Tam Điệp", "phường Phủ Lý", "phường Nam Định", "phường Duy Tiên",
]  # fmt: skip

#: The districts that became these communes in July 2025, by the ends of their codes.
DISTRICTS = {
    "giavien": ("huyện Gia Viễn", ["xã Gia Viễn", "xã Gia Trấn"]),
    "nhoquan": ("huyện Nho Quan", ["xã Nho Quan", "xã Cúc Phương"]),
    "kimson": ("huyện Kim Sơn", ["xã Kim Sơn", "xã Phát Diệm"]),
    "yenkhanh": ("huyện Yên Khánh", ["xã Yên Khánh"]),
    "yenmo": ("huyện Yên Mô", ["xã Yên Mô"]),
    "tpnb": ("thành phố Ninh Bình", ["phường Hoa Lư", "phường Tây Hoa Lư"]),
    "tamdiep": ("thành phố Tam Điệp", ["phường Tam Điệp"]),
}


#: Whose drafter, head and registrar people sign in as.
STAFF = {"xaydung": ("chuyenvien", "giamdoc", "vanthu"), "ubnd": ("tonghop", "lanhdao.ubnd", "vanthu.ubnd")}


class Present:
    """What the demo needs to know of the present council, by name."""

    def __init__(self):
        place = people.AdministrativeUnit.objects.get(code=f"{NINH_BINH:02d}")
        self.council = people.council(
            "ninh-binh",
            f"Hội đồng nhân dân {PROVINCE}",
            f"HĐND {PROVINCE}",
            place,
            valid_from=MERGER,
            legal_basis=people.MERGER_BASIS,
        )
        self.bodies = people.council_bodies(self.council, PROVINCE, valid_from=MERGER)
        self.fields = people.fields(self.council, self.bodies, FIELDS)
        self.communes = [people.today_unit(name, NINH_BINH) for name in COMMUNES]
        self._districts_before(place)
        self.agencies = self._departments() | self._others()
        self.groups = [
            people.agency(
                self.council, Kind.DELEGATE_GROUP, f"Tổ đại biểu số {number}", f"TĐB{number}", valid_from=MERGER
            )
            for number in range(1, 7)
        ]
        self.signers = self._signers()
        self.crew = self._crew()
        self.staff = {key: self._staff(key, agency) for key, agency in self.agencies.items()}

    def _districts_before(self, place):
        province = people.unit("37-cu", PROVINCE, "province", successor=place)
        communes = dict(zip(COMMUNES, self.communes, strict=True))
        for code, (name, became) in DISTRICTS.items():
            for commune in became:
                people.unit(f"37-{code}", name, "district", province, successor=communes[commune])

    def _departments(self):
        return {
            key: people.agency(
                self.council,
                Kind.DEPARTMENT,
                f"{name} {PROVINCE}",
                symbol,
                letterhead=name,
                superior_line=f"UBND {PROVINCE}",
                valid_from=MERGER,
            )
            for key, (name, symbol, _unit) in DEPARTMENTS.items()
        }

    def _others(self):
        collective = {"regime": Regime.COLLECTIVE, "collective_name": "Ủy ban nhân dân", "head_post": "Chủ tịch"}
        of, since = self.council, {"valid_from": MERGER}
        others = {
            "congan": people.agency(
                of, Kind.DEPARTMENT, f"Công an {PROVINCE}", "CAT", superior_line="Bộ Công an", **since
            ),
            "dienluc": people.agency(of, Kind.ENTERPRISE, "Công ty Điện lực Ninh Bình", "PCNB", **since),
            "thuyloi": people.agency(
                of, Kind.ENTERPRISE, f"Công ty TNHH MTV Khai thác công trình thủy lợi {PROVINCE}", "KTCTTL", **since
            ),
            "doandbqh": people.agency(
                of, Kind.NA_DELEGATION, f"Đoàn đại biểu Quốc hội {PROVINCE}", "ĐĐBQH", head_post="Trưởng Đoàn", **since
            ),
            "ubnd": self.bodies["ubnd"],
        }
        for name in COMMUNES[:6]:
            commune = people.today_unit(name, NINH_BINH)
            others[name] = people.agency(
                of,
                Kind.COMMUNE_COMMITTEE,
                f"Ủy ban nhân dân {name}",
                "UBND",
                unit=commune,
                place_name=commune.bare_name,
                **collective,
                **since,
            )
        return others

    def _signers(self):
        """Who signs for each body: invented names, real kinds of authority."""
        names = iter(
            ["Đặng Quang Vinh", "Bùi Thanh Sơn Hà", "Ngô Hải Đăng", "Mai Thu Nguyệt", "Dương Trọng Tín", "Tạ Minh Triết",
             "Cao Thùy Dung", "Lưu Bá Thành", "Hồ Ngọc Điệp", "Trịnh Gia Huy", "Phan Việt Bách", "Quách Tuấn Khải",
             "Đoàn Mỹ Linh", "Vương Đình Lộc", "Kiều Anh Dũng", "Thái Hoàng Nam", "Lã Văn Tường", "Nghiêm Xuân Phú",
             "Tô Hữu Nghĩa", "Chu Khánh Vân", "Hà Đức Toàn", "Âu Minh Nhật", "Từ Công Danh", "Giang Thế Vũ"]
        )  # fmt: skip
        signers = {
            "standing": people.official(self.bodies["standing"], next(names), "Phó Chủ tịch", Authority.FOR_HEAD)
        }
        for key in ("Pháp chế", "Kinh tế - Ngân sách", "Văn hóa - Xã hội"):
            signers[key] = people.official(self.bodies[key], next(names), "Trưởng Ban", Authority.HEAD)
        for key, agency in self.agencies.items():
            is_committee = agency.regime == Regime.COLLECTIVE
            post, authority = (
                ("Phó Chủ tịch", Authority.FOR_HEAD) if is_committee else ("Phó Giám đốc", Authority.FOR_HEAD)
            )
            if key == "doandbqh":
                post = "Phó Trưởng Đoàn"
            signers[key] = people.official(agency, next(names), post, authority)
        people.official(self.agencies["xaydung"], "Phạm Văn Giám Đốc", "Giám đốc", Authority.HEAD)
        return signers

    def _crew(self):
        """The accounts people sign in with."""
        office, committee = self.bodies["office"], self.bodies["Pháp chế"]
        department = self.agencies["xaydung"]
        return {
            "thuky": people.account("thuky", "Trần Thị Thư Ký", "Chuyên viên", (office, OFFICER)),
            "chanhvp": people.account("chanhvp", "Nguyễn Văn Chánh", "Chánh Văn phòng", (office, LEADER)),
            "chuyenvien": people.account("chuyenvien", "Lê Văn Chuyên Viên", "Chuyên viên", (department, DRAFTER)),
            "giamdoc": people.account("giamdoc", "Phạm Văn Giám Đốc", "Giám đốc", (department, HEAD)),
            "phogiamdoc": self._deputy(department),
            "vanthu": people.account("vanthu", "Hoàng Thị Văn Thư", "Văn thư", (department, REGISTRAR)),
            **self._peoples_committee(),
            "phoihop": people.account(
                "phoihop", "Phan Thị Phối Hợp", "Cán bộ tham mưu", (self.agencies["congan"], DRAFTER)
            ),
            "lanhdao": people.account("lanhdao", "Hứa Văn Lãnh Đạo", "Phó Giám đốc", (self.agencies["congan"], HEAD)),
            "giamsat": people.account("giamsat", "Lê Thị Giám Sát", "Ủy viên Ban Pháp chế", (committee, MEMBER)),
            "uyvien": people.account("uyvien", "Tạ Thị Ủy Viên", "Ủy viên Ban Pháp chế", (committee, VERIFIER)),
            "daibieu": people.account("daibieu", "Vũ Văn Đại Biểu", "Đại biểu HĐND tỉnh", (self.groups[0], DELEGATE)),
            "quantri": people.account(
                "quantri", "Đỗ Quản Trị", "Quản trị hệ thống", (office, ADMINISTRATOR), is_admin=True
            ),
            "truongphong": people.account(
                "truongphong", "Bùi Thị Trưởng Phòng", "Trưởng phòng", (self.agencies["nongnghiep"], UNIT_HEAD)
            ),
            "thethuc": people.account(
                "thethuc", "Mai Văn Thể Thức", "Chuyên viên Văn phòng Sở", (self.agencies["nongnghiep"], FORM_CHECKER)
            ),
        }

    def _peoples_committee(self):
        """Who drafts, clears and issues for the answering side: the Vice Chair clears what the Vice Chair signs."""
        committee, signer = self.agencies["ubnd"], self.signers["ubnd"]
        return {
            "tonghop": people.account(
                "tonghop", "Trịnh Văn Tổng Hợp", "Chuyên viên Văn phòng UBND", (committee, DRAFTER)
            ),
            "lanhdao.ubnd": people.account("lanhdao.ubnd", signer.name, f"{signer.post} UBND tỉnh", (committee, HEAD)),
            "vanthu.ubnd": people.account("vanthu.ubnd", "Lý Thị Đóng Dấu", "Văn thư", (committee, REGISTRAR)),
        }

    def _deputy(self, department):
        """The deputy who signs the department's letters approves them; so may its head, who is recorded for it."""
        signer = self.signers["xaydung"]
        deputy = people.account("phogiamdoc", signer.name, signer.post)
        head = people.User.objects.get(username="giamdoc")
        for user in (deputy, head):
            people.Membership.objects.create(user=user, agency=department, role=HEAD, approves_for=signer)
        return deputy

    def _staff(self, key, agency):
        """(drafter, head, registrar) of an agency; those of Sở Xây dựng and of the People's Committee can sign in."""
        if key in STAFF:
            return tuple(self.crew[name] for name in STAFF[key])
        staff = [
            people.account(f"{prefix}.{key}".replace(" ", "-"), f"{label} {agency.short_label}", label, (agency, role))
            for prefix, label, role in (
                ("cv", "Chuyên viên", DRAFTER),
                ("gd", "Lãnh đạo", HEAD),
                ("vt", "Văn thư", REGISTRAR),
            )
        ]
        if key == "congan":
            return (self.crew["phoihop"], self.crew["lanhdao"], staff[2])
        return tuple(staff)


def term_of(council, day):
    """The term a day falls into: XV until the election of March 2026, XVI after it."""
    name, starts_on, ends_on = (
        ("XV", date(2021, 6, 1), date(2026, 3, 31))
        if day < date(2026, 4, 1)
        else ("XVI", date(2026, 4, 1), date(2031, 3, 31))
    )
    term, _is_new = council.terms.get_or_create(name=name, defaults={"starts_on": starts_on, "ends_on": ends_on})
    return term
