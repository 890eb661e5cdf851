"""Names that are hard to fit: name, how it is read, organisation."""

LONG = ("국민취업지원제도 우수사례 확산을 위한 전국 고용센터 합동 추진단 및 지역 협력 위원회 사무국 " * 3)[
    :120
]
NAMES = [
    ("Wolfeschlegelsteinhausenbergerdorff", "볼페슐레겔슈타인하우젠베르거도르프", LONG),
    ("María del Carmen Fernández-Villaverde y Álvarez de Toledo", "마리아 델 카르멘 페르난데스", LONG),
    ("عبد الرحمن بن محمد (A-12)", "Abd al-Rahman bin Muhammad", "وزارة الموارد البشرية (الرياض)"),
    ("𠮷野家", None, "Internationalisierungsbeauftragtenkoordination" * 3),
    ("W" * 60, "W" * 60, "W" * 120),
    ("남궁가나다라마바사아자차카타파하" * 4, None, "고용" * 60),
    ("김민수", "Kim Minsu", "천안고용센터"),
]
