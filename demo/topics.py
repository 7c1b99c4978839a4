"""What voters raise, in our own words: titles, points and what would be done about them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """`{x}` stands for a hamlet, road or work of the locality; `act` completes “đã …”, “sẽ …”."""

    field: str
    lead: str
    title: str
    points: tuple[str, ...]
    act: str
    coordinating: tuple[str, ...] = ()
    level: str = "provincial"


def _t(field, lead, title, points, act, *coordinating, level="provincial"):
    return Topic(field, lead, title, tuple(points), act, coordinating, level)


ROADS = ["đường trục thôn {n}", "tuyến đê tả sông {r}", "đường liên xã qua thôn {n}", "đường tỉnh đoạn qua chợ {n}"]
NAMES = ["Đông", "Đoài", "Thượng", "Hạ", "Trung", "Tân Mỹ", "Phú Hậu", "An Lạc", "Bình Khê", "Đồi Thông", "Bến Đò", "Cầu Ngói",
         "Giếng Chùa", "Xuân Lai", "Vân Trình", "Mai Xá", "Nội Thôn", "Hưng Phú", "Lạc Thiện", "Quyết Tiến"]  # fmt: skip
RIVERS = ["Vạc", "Đáy", "Hoàng Long", "Châu Giang", "Sắt", "Ninh Cơ"]

XD, NN, TC, NV = "xaydung", "nongnghiep", "taichinh", "noivu"
TRAFFIC, FARM, LAND, POWER = (
    "Giao thông, đô thị",
    "Nông nghiệp, thủy lợi",
    "Đất đai, môi trường",
    "Điện, nước sinh hoạt",
)
HEALTH, SCHOOL, CULTURE = "Y tế, bảo hiểm", "Giáo dục", "Văn hóa, thể thao"
WELFARE, STAFF = "Chính sách người có công, an sinh", "Tổ chức bộ máy, cán bộ"
DIGITAL, ORDER = "Chuyển đổi số, thủ tục hành chính", "An ninh, trật tự"

TOPICS = [
    _t(TRAFFIC, XD, "Nâng cấp {x}, mùa mưa ngập không đi lại được",
       ["Đề nghị nâng cấp mặt đường và rãnh thoát nước {x}, mùa mưa thường ngập sâu."],
       "sửa chữa mặt đường, khơi thông rãnh dọc {x}"),
    _t(TRAFFIC, XD, "Lắp đèn chiếu sáng và biển báo tại nút giao với {x}",
       ["Đề nghị lắp đèn chiếu sáng tại nút giao với {x}, ban đêm hay xảy ra va chạm.",
        "Đề nghị bổ sung biển báo và gờ giảm tốc trên hai nhánh đường gom.",
        "Đề nghị kiểm tra xe quá tải chạy ban đêm."],
       "lắp đặt hệ thống chiếu sáng, biển báo tại nút giao", "congan"),
    _t(TRAFFIC, XD, "Hoàn trả mặt đường sau khi thi công đường ống tại {x}",
       ["Đề nghị đơn vị thi công hoàn trả mặt đường {x} đúng kết cấu cũ.",
        "Đề nghị có lịch thi công và báo trước cho các hộ dân."],
       "yêu cầu nhà thầu hoàn trả mặt đường và nghiệm thu"),
    _t(TRAFFIC, XD, "Cầu dân sinh tại thôn {n} xuống cấp, xe nặng vẫn qua",
       ["Đề nghị kiểm định, sửa chữa cầu dân sinh tại thôn {n}.", "Đề nghị đặt rào hạn chế tải trọng trong khi chờ sửa."],
       "kiểm định, gia cố cầu và đặt rào hạn chế tải trọng"),
    _t(TRAFFIC, XD, "Sớm có quy hoạch chi tiết khu dân cư ven sông {r}",
       ["Đề nghị sớm phê duyệt quy hoạch chi tiết khu dân cư ven sông {r} để người dân ổn định chỗ ở."],
       "lập, thẩm định quy hoạch chi tiết khu dân cư"),
    _t(TRAFFIC, XD, "Giải tỏa điểm đen tai nạn trên {x}",
       ["Đề nghị cải tạo tầm nhìn, vạch kẻ đường tại khúc cua trên {x}, nơi đã xảy ra nhiều vụ tai nạn."],
       "cải tạo tầm nhìn, sơn lại vạch kẻ đường", "congan"),
    _t(FARM, NN, "Nạo vét kênh tưới phục vụ vụ đông tại thôn {n}",
       ["Đề nghị nạo vét kênh tưới nội đồng thôn {n}, bồi lắng nhiều năm, nước không về cuối kênh."],
       "nạo vét 1,8 km kênh nội đồng", "thuyloi"),
    _t(FARM, "thuyloi", "Trạm bơm tiêu thôn {n} hỏng, lúa ngập úng",
       ["Đề nghị thay máy bơm đã hỏng của trạm bơm tiêu thôn {n}.", "Đề nghị có lịch vận hành báo trước khi mưa lớn."],
       "thay hai máy bơm và lập lịch vận hành mùa mưa", NN),
    _t(FARM, NN, "Kè chống sạt lở bờ sông {r} đoạn qua thôn {n}",
       ["Đề nghị kè đoạn bờ sông {r} qua thôn {n}, sạt lở đã sát nhà dân."],
       "xử lý khẩn cấp đoạn sạt lở và lập dự án kè kiên cố"),
    _t(FARM, NN, "Hỗ trợ thiệt hại do dịch bệnh trên đàn lợn tại thôn {n}",
       ["Đề nghị chi trả hỗ trợ cho các hộ có lợn tiêu hủy tại thôn {n}.", "Đề nghị hướng dẫn tái đàn an toàn."],
       "thẩm định hồ sơ, chi trả hỗ trợ cho các hộ", TC),
    _t(FARM, NN, "Giá thu mua nông sản bấp bênh, cần liên kết tiêu thụ",
       ["Đề nghị có giải pháp liên kết tiêu thụ nông sản vụ đông cho hợp tác xã thôn {n}."],
       "kết nối hợp tác xã với doanh nghiệp thu mua", "congthuong"),
    _t(LAND, NN, "Chậm cấp giấy chứng nhận quyền sử dụng đất tại khu {n}",
       ["Đề nghị cấp giấy chứng nhận cho các hộ khu {n} đã nộp hồ sơ từ năm trước."],
       "phân loại, giải quyết hồ sơ tồn của khu dân cư"),
    _t(LAND, NN, "Mùi hôi từ điểm tập kết rác thôn {n}",
       ["Đề nghị di dời điểm tập kết rác thôn {n} ra xa khu dân cư.", "Đề nghị tăng số chuyến vận chuyển trong tuần."],
       "di dời điểm tập kết và tăng chuyến thu gom"),
    _t(LAND, NN, "Nước thải cụm công nghiệp chảy ra kênh tại thôn {n}",
       ["Đề nghị kiểm tra nguồn nước thải chảy ra kênh thôn {n}, cá chết nhiều đợt."],
       "lấy mẫu, xử phạt cơ sở vi phạm và lắp quan trắc tự động", "congan"),
    _t(LAND, NN, "Bụi và tiếng ồn từ mỏ đá gần thôn {n}",
       ["Đề nghị kiểm tra giờ nổ mìn, xe chở đá không che bạt qua thôn {n}."],
       "kiểm tra, yêu cầu mỏ đá tưới đường và che phủ xe", XD),
    _t(POWER, "dienluc", "Điện yếu giờ cao điểm tại thôn {n}",
       ["Đề nghị nâng công suất trạm biến áp thôn {n}, điện yếu vào giờ cao điểm."],
       "nâng công suất trạm biến áp và san tải"),
    _t(POWER, "dienluc", "Cột điện nghiêng, dây thấp trên {x}",
       ["Đề nghị thay cột điện nghiêng và nâng dây thấp trên {x}, nguy hiểm mùa mưa bão."],
       "thay cột, nâng dây bảo đảm khoảng cách an toàn"),
    _t(POWER, XD, "Nước sinh hoạt đục, mất nước thường xuyên tại thôn {n}",
       ["Đề nghị kiểm tra chất lượng nước của trạm cấp nước phục vụ thôn {n}.", "Đề nghị thay đoạn ống cũ hay vỡ."],
       "thay đoạn ống cũ và công khai kết quả kiểm nghiệm nước", "yte"),
    _t(HEALTH, "yte", "Trạm y tế xã thiếu bác sĩ, thiếu thuốc bảo hiểm",
       ["Đề nghị bố trí bác sĩ về trạm y tế.", "Đề nghị bảo đảm thuốc thiết yếu cho người có thẻ bảo hiểm y tế."],
       "luân phiên bác sĩ về trạm và bổ sung danh mục thuốc"),
    _t(HEALTH, "yte", "Người cao tuổi chờ lâu khi khám bệnh tại trung tâm y tế",
       ["Đề nghị bố trí khu đón tiếp ưu tiên cho người cao tuổi tại trung tâm y tế khu vực."],
       "bố trí bàn đón tiếp ưu tiên và khám theo giờ hẹn"),
    _t(HEALTH, "yte", "Kiểm tra an toàn thực phẩm bếp ăn tập thể quanh khu {n}",
       ["Đề nghị kiểm tra an toàn thực phẩm các bếp ăn quanh khu {n}."],
       "kiểm tra các bếp ăn tập thể, công khai cơ sở vi phạm"),
    _t(HEALTH, "doandbqh", "Mức đóng và quyền lợi bảo hiểm y tế hộ gia đình",
       ["Đề nghị Quốc hội, Chính phủ xem xét mức đóng bảo hiểm y tế hộ gia đình cho phù hợp thu nhập nông dân."],
       "tổng hợp, kiến nghị với cơ quan Trung ương", level="central"),
    _t(SCHOOL, "giaoduc", "Trường mầm non thôn {n} thiếu phòng học",
       ["Đề nghị xây thêm phòng học cho điểm trường mầm non thôn {n}."],
       "bố trí xây bốn phòng học", TC),
    _t(SCHOOL, "giaoduc", "Các khoản thu đầu năm học cần công khai",
       ["Đề nghị công khai các khoản thu đầu năm học và kiểm tra các trường thu sai quy định."],
       "kiểm tra, yêu cầu hoàn trả khoản thu sai"),
    _t(SCHOOL, "giaoduc", "Học sinh đi học xa sau sắp xếp điểm trường tại {n}",
       ["Đề nghị có phương án đưa đón học sinh khu {n} sau khi sắp xếp điểm trường."],
       "bố trí xe đưa đón và duy trì lớp ghép"),
    _t(CULTURE, "vanhoa", "Di tích đình {n} xuống cấp",
       ["Đề nghị tu bổ đình {n}, mái dột, cột mối mọt."],
       "tu bổ cấp thiết mái và hệ cột đình"),
    _t(CULTURE, "vanhoa", "Thiếu sân chơi cho thiếu nhi tại khu {n}",
       ["Đề nghị xây sân chơi, lắp dụng cụ thể thao ngoài trời tại khu {n}."],
       "lắp dụng cụ thể thao ngoài trời"),
    _t(WELFARE, NV, "Chế độ cho người hoạt động không chuyên trách sau sắp xếp",
       ["Đề nghị xem xét mức hỗ trợ cho người hoạt động không chuyên trách nghỉ việc sau sắp xếp."],
       "chi trả chế độ theo danh sách đã thẩm định", TC),
    _t(WELFARE, NV, "Chậm chi trả trợ cấp người có công tại thôn {n}",
       ["Đề nghị chi trả đúng ngày trợ cấp người có công ở thôn {n}, hay chậm sau khi đổi tài khoản."],
       "rà soát tài khoản, chi trả đủ các tháng còn nợ"),
    _t(WELFARE, NV, "Rà soát hộ nghèo chưa sát thực tế tại thôn {n}",
       ["Đề nghị rà soát lại hộ nghèo, cận nghèo thôn {n}, một số hộ khó khăn chưa được công nhận."],
       "tổ chức rà soát bổ sung có giám sát của Mặt trận"),
    _t(WELFARE, "doandbqh", "Điều chỉnh mức chuẩn trợ giúp xã hội",
       ["Đề nghị Chính phủ nâng mức chuẩn trợ giúp xã hội cho người khuyết tật nặng."],
       "tổng hợp, kiến nghị với cơ quan Trung ương", level="central"),
    _t(STAFF, NV, "Bố trí trụ sở sau sáp nhập, người dân đi lại xa",
       ["Đề nghị duy trì điểm tiếp nhận hồ sơ tại trụ sở cũ khu {n}.", "Đề nghị có phương án dùng trụ sở dôi dư."],
       "duy trì điểm tiếp nhận hồ sơ và trình phương án trụ sở", TC),
    _t(STAFF, NV, "Thiếu công chức chuyên môn ở cấp xã",
       ["Đề nghị bổ sung công chức địa chính, kế toán cho cấp xã."],
       "biệt phái và tuyển dụng bổ sung công chức"),
    _t(DIGITAL, "khcn", "Hồ sơ trực tuyến hay bị nghẽn, phải nộp lại",
       ["Đề nghị khắc phục lỗi nghẽn của cổng dịch vụ công vào buổi sáng.", "Đề nghị hướng dẫn người cao tuổi nộp hồ sơ."],
       "nâng cấp hạ tầng cổng dịch vụ công và mở điểm hỗ trợ", NV),
    _t(DIGITAL, "khcn", "Sóng điện thoại yếu tại thôn {n}",
       ["Đề nghị phủ sóng di động ổn định cho thôn {n}."],
       "yêu cầu doanh nghiệp lắp thêm trạm phát sóng"),
    _t(DIGITAL, "khcn", "Đổi giấy tờ sau sáp nhập phải đi nhiều lần",
       ["Đề nghị cho đổi giấy tờ theo địa danh mới tại một nơi, trong một lần."],
       "thống nhất quy trình đổi giấy tờ một lần", "congan"),
    _t(ORDER, "congan", "Thanh niên tụ tập đua xe ban đêm trên {x}",
       ["Đề nghị tuần tra, xử lý tình trạng đua xe ban đêm trên {x}."],
       "lập chốt tuần tra, xử lý các trường hợp vi phạm"),
    _t(ORDER, "congan", "Lừa đảo qua điện thoại nhằm vào người cao tuổi",
       ["Đề nghị tăng cường tuyên truyền, xử lý lừa đảo qua điện thoại nhằm vào người cao tuổi thôn {n}."],
       "phối hợp ngân hàng, nhà mạng cảnh báo và xử lý", "khcn"),
    _t(ORDER, "congan", "Chó thả rông, mất an toàn tại khu {n}",
       ["Đề nghị xử lý tình trạng chó thả rông tại khu {n}."],
       "ra quân bắt giữ, xử phạt chủ nuôi vi phạm", level="communal"),
    _t(TRAFFIC, XD, "Vỉa hè phố {n} bị lấn chiếm để kinh doanh",
       ["Đề nghị lập lại trật tự vỉa hè phố {n}."],
       "ra quân giải tỏa, kẻ vạch phân định", "congan", level="communal"),
]  # fmt: skip

ANSWERS = {
    "resolved": "{agency} đã kiểm tra thực tế cùng {place} và {act}. Công việc hoàn thành, bàn giao ngày {done}.",
    "in_progress": (
        "{agency} đã khảo sát, lập phương án để {act}. Kinh phí được bố trí trong kế hoạch năm {year}; hoàn thành trước ngày "
        "{roadmap}."
    ),
    "explained": (
        "Về kiến nghị này, {agency} xin thông tin: việc {act} thực hiện theo quy hoạch, kế hoạch và khả năng cân đối ngân sách. "
        "{agency} đã hướng dẫn {place} rà soát, đề xuất theo thứ tự ưu tiên và thông tin đến cử tri."
    ),
    "not_resolved": (
        "Qua kiểm tra, hiện chưa bố trí được nguồn vốn để {act}. {agency} sẽ tiếp tục đề xuất trong kế hoạch giai đoạn sau và "
        "thông báo đến cử tri."
    ),
}

EVIDENCE = "Biên bản nghiệm thu, bàn giao ngày {done}"
RETURNS = [
    ("not_competent", "Nội dung thuộc thẩm quyền của cơ quan quản lý chuyên ngành khác, đề nghị chuyển đúng cơ quan."),
    ("unclear", "Chưa rõ địa điểm, đề nghị làm rõ tên tuyến và vị trí để kiểm tra."),
]

REQUEST = "Đề nghị cho biết hiện trạng, số liệu đến hết quý gần nhất và phần việc thuộc trách nhiệm của quý cơ quan, kèm thời hạn."
CONTRIBUTION = (
    "{agency} đã rà soát hồ sơ và kiểm tra thực địa; phần việc thuộc trách nhiệm của cơ quan đã được đưa vào kế hoạch năm, "
    "kinh phí cân đối trong dự toán được giao."
)

VOTER_SURNAMES = ["Thí", "Ví", "Mẫu", "Giả", "Tỉ"]
VOTER_NAMES = ["Dụ Một", "Dụ Hai", "Dụ Ba", "Văn Mẫu", "Thị Mẫu", "Văn Thử", "Thị Thử", "Văn Nháp", "Thị Nháp"]
ANOTHER_VERSION = "Bổ sung số liệu đến hết tháng trước và thời hạn hoàn thành phần việc của quý cơ quan."
